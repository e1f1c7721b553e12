// Which family of systems a guest belongs to, from the name it reports: the parts it needs have other names in each.
// A guess from anything else (the VM's name, say) would be worse than "not known".

export type GuestFamily =
  'windows' | 'windowsOld' | 'ubuntu' | 'debian' | 'redHat' | 'freeBsd' | 'openBsd' | 'linux' | 'notKnown';

/** Names as guests report them (`OSName`); the first that fits counts. */
const patterns: readonly (readonly [RegExp, GuestFamily])[] = [
  // Delivered by Windows Update there, built in from 8.1 and 2012 on.
  [/^(?:Microsoft )?Windows (?:7|Vista|Server(?:®)? 2008|Web Server 2008|Small Business Server 2011)\b/i, 'windowsOld'],
  [/\bWindows\b|\bHyper-V Server\b/i, 'windows'],
  [/\bUbuntu\b/i, 'ubuntu'],
  [/\bDebian\b/i, 'debian'],
  [/\b(?:Red ?Hat|RHEL|CentOS|Rocky|AlmaLinux|Oracle Linux|Fedora)\b/i, 'redHat'],
  [/\bFreeBSD\b/i, 'freeBsd'],
  [/\bOpenBSD\b/i, 'openBsd'],
  [/\b(?:Linux|SUSE|openSUSE|SLES|OpenWrt|Alpine|Arch|Gentoo|NixOS)\b/i, 'linux'],
];

export function guestFamily(osName: string | null): GuestFamily {
  if (osName === null) return 'notKnown';
  return patterns.find(([pattern]) => pattern.test(osName))?.[1] ?? 'notKnown';
}

export function isWindows(family: GuestFamily): boolean {
  return family === 'windows' || family === 'windowsOld';
}
