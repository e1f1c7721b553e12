// What runs in a Linux guest when somebody allows it: constant text for `sh`, which only reads, except for the one named so.

/** The guest's clock, in nanoseconds since 1970 or, where `date` has no better, in seconds. */
export const readClockCommand = 'date +%s%N';

/** Each section begins with a line `@@ name`. Nothing here needs rights, and nothing waits for an answer of a network. */
export const readTimeCommands: readonly string[] = [
  'LC_ALL=C; export LC_ALL',
  'echo "@@ ptp"; for f in /sys/class/ptp/*/clock_name; do if [ -r "$f" ]; then d=${f%/clock_name}; echo "/dev/${d##*/} $(cat "$f")"; fi; done',
  'echo "@@ link"; readlink -f /dev/ptp_hyperv 2>/dev/null',
  'echo "@@ daemons"; cat /proc/[0-9]*/comm 2>/dev/null | grep -x -e chronyd -e systemd-timesyn -e ntpd -e ntpsec -e openntpd',
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
