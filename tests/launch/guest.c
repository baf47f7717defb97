/* SPDX-License-Identifier: MIT */
/*
 * A machine of a page of code, for `qemu-system-riscv64 -M virt -bios none -kernel`. The number at
 * ORDER says what it does; QEMU puts it there: -device
 * loader,addr=0x80100000,data=NUMBER,data-len=4. A disk, if any, is flash memory: drive
 * file=IMG,if=pflash,unit=1 (32 MiB). The machine prints its first byte, and adds one to it.
 */
#define UART	 ((volatile unsigned char *)0x10000000)
#define FINISHER ((volatile unsigned *)0x100000)
#define FLASH	 ((volatile unsigned *)0x22000000)
#define ORDER	 (*(volatile unsigned *)0x80100000)
#define TEXT	 ((const char *)0x80200000)

/* Below these: end with that status. */
enum { SILENT = 256, PANIC, HANG, FAIL, ECHO, NOISY, SAY };

#define READY	    0x20 /* line status: room to send */
#define RECEIVED    0x01
#define POWER_OFF   0x5555
#define POWER_FAIL  0x3333 /* with a status in the upper half */
#define FLASH_WRITE 0x00400040
#define FLASH_READ  0x00ff00ff

/* One processor runs, the others sleep. */
__asm__(".section .text.unlikely\n.globl _start\n_start:\n\tbnez a0, 1f\n\tla sp, stack_end\n"
	"\tj run\n1:\twfi\n\tj 1b\n"
	".bss\n.balign 16\n\t.space 4096\nstack_end:\n.text\n");

static void put(char c)
{
	while (!(UART[5] & READY))
		;
	*UART = (unsigned char)c;
}

static void say(const char *s)
{
	for (; *s; s++)
		put(*s);
}

static void say_number(unsigned n)
{
	if (n > 9)
		say_number(n / 10);
	put((char)('0' + n % 10));
}

static void use_disk(void)
{
	unsigned word = *FLASH, count = word & 0xff;

	if (count > 9)
		return;
	say("disk: ");
	say_number(count);
	say("\r\n");
	*FLASH = FLASH_WRITE;
	*FLASH = word + 1;
	*FLASH = FLASH_READ;
}

static void echo(void)
{
	char c = 0;

	say("echo\r\n");
	while (c != 'q') {
		while (!(UART[5] & RECEIVED))
			;
		c = (char)*UART;
		put(c == '\r' ? '\n' : c);
	}
	say("\r\n");
}

static void hang(void)
{
	for (;;)
		__asm__ volatile("wfi");
}

/* The last line of a guest whose status n is told. */
static void tell(unsigned n)
{
	say("fmgen: exit ");
	say_number(n);
	say("\r\n");
}

void run(void);
void run(void)
{
	unsigned order = ORDER;

	say("guest\r\n");
	use_disk();
	switch (order) {
	case SILENT:
		break;
	case PANIC:
		say("[    0.1] Kernel panic - not syncing: no init\r\n");
		hang();
		break;
	case HANG:
		hang();
		break;
	case FAIL:
		*FINISHER = 7u << 16 | POWER_FAIL;
		break;
	case ECHO:
		echo();
		tell(0);
		break;
	case NOISY:
		tell(1);
		say("no newlinefmgen: exit 42[    1.0] reboot: Power down\r\n");
		break;
	case SAY:
		say(TEXT);
		break;
	default:
		tell(order);
	}
	*FINISHER = POWER_OFF;
	hang();
}
