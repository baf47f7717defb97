/* SPDX-License-Identifier: MIT */
/* launch-NAME: boots what was published; `fmgen launch NAME` reads its parameter file. */
#include "plan/stage.h"

const struct stage stage_launch;
