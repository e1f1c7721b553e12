// What runs in a Linux guest when somebody allows it: constant text for `sh`, which only reads, except for the one named so.

/** Always one line. The guest's clock: seconds since 1970 and, where `date` knows them, nanoseconds. The point keeps years before 2001 apart. */
export const readClockCommand = 'date +%s.%N || echo';

/** Each section begins with a line `@@ name`. Nothing here needs rights, and nothing waits for an answer of a network. */
export const readTimeCommands: readonly string[] = [
  'LC_ALL=C; export LC_ALL',
  'echo "@@ ptp"; for f in /sys/class/ptp/*/clock_name; do if [ -r "$f" ]; then d=${f%/clock_name}; echo "/dev/${d##*/} $(cat "$f")"; fi; done',
  'echo "@@ link"; readlink -f /dev/ptp_hyperv 2>/dev/null',
  // Where /proc is not there (FreeBSD) or hides what others run (hidepid), nobody knows: without the heading it is no "none".
  'if [ -r /proc/1/comm ]; then echo "@@ daemons"; cat /proc/[0-9]*/comm 2>/dev/null | grep -x -e chronyd -e systemd-timesyn -e ntpd -e ntpsec -e openntpd -e phc2sys; fi',
  'echo "@@ timedatectl"; timedatectl show 2>/dev/null',
  'echo "@@ timesync"; timedatectl show-timesync 2>/dev/null | grep -e "^ServerName=" -e "^ServerAddress="',
  'echo "@@ tracking"; chronyc -n -c tracking 2>/dev/null',
  'echo "@@ sources"; chronyc -n -c sources 2>/dev/null',
  'echo "@@ kernel"; uname -r',
  'echo "@@ end"',
];

/** For people, who may want to know before they allow it. */
export const linuxToolNames = 'date, timedatectl, chronyc, uname, /sys/class/ptp, /proc';

/** Steps the clock to what chrony believes; where that is not chrony, its daemon is started again. Needs root. */
export const resyncCommands: readonly string[] = [
  'if cat /proc/[0-9]*/comm 2>/dev/null | grep -q -x chronyd; then sudo -n chronyc makestep; else sudo -n systemctl restart systemd-timesyncd; fi; echo "@@ exit $?"',
];

/**
 * The reference clock for chrony (page on time synchronisation of Linux machines in Azure, which have the same clock). The
 * stratum is named by hand, since Linux is not told the host's.
 */
export const chronyLine = 'refclock PHC /dev/ptp_hyperv poll 3 dpoll -2 offset 0 stratum 2';

/** Gives the host's clock a stable name: another driver may own /dev/ptp0. */
export const udevLine = 'SUBSYSTEM=="ptp", ATTR{clock_name}=="hyperv", SYMLINK += "ptp_hyperv"';
