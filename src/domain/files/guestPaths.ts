// Paths in a guest: how they are joined, what is wrong with one, and where files go unless somebody says otherwise.
import { isWindows } from '../health/guestFamily';
import type { GuestFamily } from '../health/guestFamily';

/** How a guest writes paths. */
export type PathStyle = 'windows' | 'linux';

/**
 * A part for file copy exists for Windows 8.1, Server 2012 R2 and newer, and for Linux (pages on supported guests); not for
 * FreeBSD, OpenBSD and older Windows.
 * @returns undefined when the guest does not say what it is: then the destination tells
 */
export function pathStyle(family: GuestFamily): PathStyle | 'none' | undefined {
  if (family === 'notKnown') return undefined;
  if (family === 'windowsOld' || family === 'freeBsd' || family === 'openBsd') return 'none';
  return isWindows(family) ? 'windows' : 'linux';
}

export function styleOfPath(path: string): PathStyle {
  return path.startsWith('/') ? 'linux' : 'windows';
}

/** Everybody in the guest can read them. A Linux guest empties its folder when it starts. */
export const defaultFolders: Readonly<Record<PathStyle, string>> = {
  windows: 'C:\\Users\\Public\\Downloads',
  linux: '/tmp',
};

/**
 * Characters of a whole path for Windows (MAX_PATH 260 with its end), bytes of UTF-8 for Linux: `hv_start_fcopy` has 260 of
 * each for folder and name (W_MAX_PATH, include/uapi/linux/hyperv.h), and the daemon cuts what is longer without a word.
 */
export const longestPath = 259;

/** Of one file or folder, in the same units: NTFS and ReFS, and the file systems of Linux (NAME_MAX, limits.h). */
export const longestName = 255;

export function pathLength(style: PathStyle, path: string): number {
  return style === 'linux' ? Buffer.byteLength(path) : path.length;
}

export function joinPath(style: PathStyle, folder: string, parts: readonly string[]): string {
  const separator = style === 'linux' ? '/' : '\\';
  return [folder.replace(/[\\/]+$/, ''), ...parts].join(separator);
}

export type FolderProblem =
  | 'empty'
  /** Neither `C:\…`, `%NAME%\…` nor `/…`. */
  | 'notAbsolute'
  /** `\\server\share`, at which the guest's service would sign in as the computer. */
  | 'networkPath'
  /** A path of the other kind of guest. */
  | 'otherSystem'
  /** `..` or `.` in it. */
  | 'upwards'
  | 'badName'
  | 'tooLong';

/** @param style of the guest; undefined when it is not known */
export function folderProblem(style: PathStyle | undefined, text: string): FolderProblem | undefined {
  const folder = text.trim();
  if (folder === '') return 'empty';
  const own = styleOfPath(folder);
  if (/^[\\/]{2}/.test(folder)) return 'networkPath';
  // Environment variables are filled in by the guest (page on Msvm_CopyFileToGuestSettingData).
  if (own === 'windows' && !/^(?:[a-z]:|%[^%\\/:]+%)(?:[\\/]|$)/i.test(folder)) return 'notAbsolute';
  if (style !== undefined && own !== style) return 'otherSystem';
  const parts = folderParts(own, folder);
  if (parts.some((part) => part === '..' || part === '.')) return 'upwards';
  // A percent sign further on would begin one more variable.
  if (parts.some((part) => !isGoodName(own, part) || (own === 'windows' && part.includes('%')))) return 'badName';
  const isTooLong = parts.some((part) => pathLength(own, part) > longestName);
  return isTooLong || pathLength(own, folder) >= longestPath ? 'tooLong' : undefined;
}

/** As it is sent: without blanks around it, with the separators of the guest, and a root with its end. */
export function tidyFolder(text: string): string {
  const folder = text.trim();
  const style = styleOfPath(folder);
  const [root = ''] = /^(?:[a-z]:|%[^%]+%|)/i.exec(folder) ?? [];
  return style === 'linux' ? joinPath('linux', '', folderParts('linux', folder)) || '/' : windowsFolder(root, folder);
}

function windowsFolder(root: string, folder: string): string {
  const path = joinPath('windows', root, folderParts('windows', folder));
  // `C:` alone would be where a program happens to be.
  return path === root ? `${path}\\` : path;
}

function folderParts(style: PathStyle, folder: string): string[] {
  return style === 'linux'
    ? folder.split('/').filter((part) => part !== '')
    : folder
        .replace(/^(?:[a-z]:|%[^%]+%)/i, '')
        .split(/[\\/]/)
        .filter((part) => part !== '');
}

/** Windows' rules for names of files (page "Naming Files, Paths, and Namespaces"). */
const reserved = /^(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])(?:\.|$)/i;

/** Whether a guest can have a file or folder of that name. */
export function isGoodName(style: PathStyle, name: string): boolean {
  if (name === '' || name === '.' || name === '..' || /[\p{Cc}\p{Surrogate}]/u.test(name)) return false;
  if (style === 'linux') return !name.includes('/');
  return !/[<>:"/\\|?*]/.test(name) && !/[. ]$/.test(name) && !reserved.test(name);
}
