// What w32tm prints in some languages: labels as people quoted them in public.
import type { LabClockLocale, LabFollows } from './labSpec';

/** Labels of the nine lines, the texts behind leap 0 and leap 3, and those of a source, and of its own clock. */
const words: Readonly<Record<LabClockLocale, readonly string[]>> = {
  'en-US': [
    'Leap Indicator',
    'Stratum',
    'Precision',
    'Root Delay',
    'Root Dispersion',
    'ReferenceId',
    'Last Successful Sync Time',
    'Source',
    'Poll Interval',
    '(no warning)',
    '(not synchronized)',
    ' (secondary reference - syncd by (S)NTP)',
    ' (unspecified)',
    'Local CMOS Clock',
    'The following error occurred: The service has not been started. (0x80070426)',
  ],
  'de-DE': [
    'Sprungindikator',
    'Stratum',
    'Pr\u00e4zision',
    'Stammverz\u00f6gerung',
    'Stammabweichung',
    'Referenz-ID',
    'Letzte erfolgr. Synchronisierungszeit',
    'Quelle',
    'Abrufintervall',
    '(keine Warnung)',
    '(nicht synchronisiert)',
    ' (Sekund\u00e4rreferenz - synchr. \u00fcber (S)NTP)',
    ' (nicht angegeben)',
    'Lokale CMOS-Uhr',
    'Der folgende Fehler ist aufgetreten: Der Dienst wurde nicht gestartet. (0x80070426)',
  ],
  'fr-FR': [
    'Indicateur de d\u00e9rive\u00a0',
    'Couche\u00a0',
    'Pr\u00e9cision\u00a0',
    'D\u00e9lai de racine\u00a0',
    'Dispersion de racine\u00a0',
    'ID de r\u00e9f\u00e9rence\u00a0',
    'Heure de la derni\u00e8re synchronisation r\u00e9ussie\u00a0',
    'Source\u00a0',
    'Intervalle d\u2019interrogation\u00a0',
    '(Aucun avertissement)',
    '(non synchronis\u00e9)',
    ' (R\u00e9f\u00e9rence secondaire, synchronis\u00e9e par (S)NTP)',
    ' (non sp\u00e9cifi\u00e9)',
    'Horloge CMOS locale',
    'L\u2019erreur suivante s\u2019est produite\u00a0: Le service n\u2019a pas \u00e9t\u00e9 d\u00e9marr\u00e9. (0x80070426)',
  ],
  'ja-JP': [
    '\u958f\u30a4\u30f3\u30b8\u30b1\u30fc\u30bf\u30fc',
    '\u968e\u5c64',
    '\u7cbe\u5ea6',
    '\u30eb\u30fc\u30c8\u9045\u5ef6',
    '\u30eb\u30fc\u30c8\u5206\u6563',
    '\u53c2\u7167 ID',
    '\u6700\u7d42\u6b63\u5e38\u540c\u671f\u6642\u523b',
    '\u30bd\u30fc\u30b9',
    '\u30dd\u30fc\u30ea\u30f3\u30b0\u9593\u9694',
    ' (\u8b66\u544a\u306a\u3057)',
    ' (\u540c\u671f\u672a\u5b9f\u884c)',
    ' (\u4e8c\u6b21\u53c2\u7167 - (S)NTP \u3067\u540c\u671f)',
    ' (\u672a\u6307\u5b9a)',
    '\u30ed\u30fc\u30ab\u30eb CMOS \u30af\u30ed\u30c3\u30af',
    '\u6b21\u306e\u30a8\u30e9\u30fc\u304c\u767a\u751f\u3057\u307e\u3057\u305f: (0x80070426)',
  ],
};

export function w32Texts(
  locale: LabClockLocale,
  follows: LabFollows,
  server: string,
): { source: string; status: string } {
  const word = (index: number): string => words[locale][index] ?? '';
  if (follows === 'stopped') return { source: word(14), status: word(14) };
  const isHost = follows === 'host';
  const isOwn = follows === 'itself';
  const source = isHost ? 'VM IC Time Synchronization Provider' : isOwn ? word(13) : server;
  const values = [
    isOwn ? `3${word(10)}` : `0${word(9)}`,
    isOwn ? `0${word(12)}` : `4${word(11)}`,
    '-23 (119.209ns)',
    '0.0003538s',
    '0.0100002s',
    isHost ? '0x564D5450' : isOwn ? '0x00000000' : '0x0A140A0A',
    isOwn ? '-' : '2026-11-29 09:58:41',
    source,
    '6 (64s)',
  ];
  return { source, status: values.map((value, index) => `${word(index)}: ${value}`).join('\r\n') };
}
