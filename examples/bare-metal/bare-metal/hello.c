/* SPDX-License-Identifier: MIT */
/* Says hello on the machine `virt` of QEMU, without firmware or kernel, and switches it off. */

#define UART_DATA   (*(volatile unsigned char *)0x10000000)
#define UART_STATUS (*(volatile unsigned char *)0x10000005)
#define UART_EMPTY  0x20
#define FINISHER    (*(volatile unsigned *)0x100000)
#define PASS	    0x5555
#define FAIL	    0x3333 /* with a status in the upper half */

/* The machine gives each processor its number in a0. One goes on, the others sleep. */
__asm__(".section .text.start\n"
	".globl _start\n"
	"_start:\n"
	"	bnez a0, 1f\n"
	"	la sp, stack\n"
	"	call main\n"
	"1:	wfi\n"
	"	j 1b\n");

static void print(const char *s)
{
	for (; *s; s++) {
		while (!(UART_STATUS & UART_EMPTY))
			;
		UART_DATA = (unsigned char)*s;
	}
}

/* Ends the machine: QEMU, and so `fmgen launch`, ends with that status. */
static void finish(unsigned status)
{
	FINISHER = status ? status << 16 | FAIL : PASS;
}

int main(void)
{
	print("Hello from bare metal\n");
	finish(0);
	return 0;
}
