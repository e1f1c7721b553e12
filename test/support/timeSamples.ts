// What the tools print about clocks, in several languages: shapes and labels as people quoted them in public, names of
// servers replaced. The first line of a pair is `w32tm /query /source`, the rest `w32tm /query /status`.

export function split(sample: string): { readonly source: string; readonly status: string } {
  const [source = '', ...status] = sample.split('\n');
  return { source, status: status.join('\r\n') };
}

export const englishHost = `VM IC Time Synchronization Provider
Leap Indicator: 0(no warning)
Stratum: 1 (primary reference - syncd by radio clock)
Precision: -23 (119.209ns per tick)
Root Delay: 0.0003538s
Root Dispersion: 0.0100002s
ReferenceId: 0x00000000 (unspecified)
Last Successful Sync Time: 5/23/2023 7:51:39 PM
Source: VM IC Time Synchronization Provider
Poll Interval: 6 (64s)`;

export const englishCmos = `Local CMOS Clock
Leap Indicator: 3(not synchronized)
Stratum: 0 (unspecified)
Precision: -23 (119.209ns per tick)
Root Delay: 0.0000000s
Root Dispersion: 0.0000000s
ReferenceId: 0x00000000 (unspecified)
Last Successful Sync Time: unspecified
Source: Local CMOS Clock
Poll Interval: 6 (64s)`;

export const germanServer = `time.windows.com,0x9
Sprungindikator: 0(keine Warnung)
Stratum: 4 (Sekund\u00e4rreferenz - synchr. \u00fcber (S)NTP)
Pr\u00e4zision: -23 (119.209ns pro Tick)
Stammverz\u00f6gerung: 0.0168694s
Stammabweichung: 7.7960610s
Referenz-ID: 0x0D5F41FB (Quell-IP:  13.95.65.251)
Letzte erfolgr. Synchronisierungszeit: 20.09.2024 10:43:13
Quelle: time.windows.com,0x9
Abrufintervall: 10 (1024s)`;

export const germanFree = `Freilaufende Systemuhr
Sprungindikator: 0(keine Warnung)
Stratum: 1 (Prim\u00e4rreferenz - synchr. \u00fcber Funkuhr)
Pr\u00e4zision: -23 (119.209ns pro Tick)
Stammverz\u00f6gerung: 0.0000000s
Stammabweichung: 10.0000000s
Referenz-ID: 0x4C4F434C (Quellenname: "LOCL")
Letzte erfolgr. Synchronisierungszeit: 28.09.2026 14:00:00
Quelle: Freilaufende Systemuhr
Abrufintervall: 6 (64s)`;

export const frenchHost = `VM IC Time Synchronization Provider
Indicateur de d\u00e9rive\u00a0: 0(Aucun avertissement)
Couche\u00a0: 4 (R\u00e9f\u00e9rence secondaire, synchronis\u00e9e par (S)NTP)
Pr\u00e9cision\u00a0: -23 (119.209ns par battement)
D\u00e9lai de racine\u00a0: 0.1303487s
Dispersion de racine\u00a0: 0.0100002s
ID de r\u00e9f\u00e9rence\u00a0: 0x564D5450 (IP de la source\u00a0:  86.77.84.80)
Heure de la derni\u00e8re synchronisation r\u00e9ussie\u00a0: 15/09/2025 01:11:10
Source\u00a0: VM IC Time Synchronization Provider
Intervalle d\u2019interrogation\u00a0: 6 (64s)`;

export const japaneseHost = `VM IC Time Synchronization Provider
\u958f\u30a4\u30f3\u30b8\u30b1\u30fc\u30bf\u30fc: 0 (\u8b66\u544a\u306a\u3057)
\u968e\u5c64: 2 (\u4e8c\u6b21\u53c2\u7167 - (S)NTP \u3067\u540c\u671f)
\u7cbe\u5ea6: -23 (\u30c6\u30a3\u30c3\u30af\u3054\u3068\u306b 119.209ns)
\u30eb\u30fc\u30c8\u9045\u5ef6: 0.0000000s
\u30eb\u30fc\u30c8\u5206\u6563: 0.0100000s
\u53c2\u7167 ID: 0x564D4943 (\u30bd\u30fc\u30b9\u540d:  "VMIC")
\u6700\u7d42\u6b63\u5e38\u540c\u671f\u6642\u523b: 2026/09/17 19:30:15
\u30bd\u30fc\u30b9: VM IC Time Synchronization Provider
\u30dd\u30fc\u30ea\u30f3\u30b0\u9593\u9694: 6 (64s)`;

export const japaneseServer = `10.30.0.3,8
\u958f\u30a4\u30f3\u30b8\u30b1\u30fc\u30bf\u30fc: 0 (\u8b66\u544a\u306a\u3057)
\u968e\u5c64: 3 (\u4e8c\u6b21\u53c2\u7167 - (S)NTP \u3067\u540c\u671f)
\u7cbe\u5ea6: -23 (\u30c6\u30a3\u30c3\u30af\u3054\u3068\u306b 119.209ns)
\u30eb\u30fc\u30c8\u9045\u5ef6: 0.0216253s
\u30eb\u30fc\u30c8\u5206\u6563: 7.7938950s
\u53c2\u7167 ID: 0x0A000003 (\u30bd\u30fc\u30b9 IP:  10.30.0.3)
\u6700\u7d42\u6b63\u5e38\u540c\u671f\u6642\u523b: 2022/01/10 1:45:54
\u30bd\u30fc\u30b9: 10.30.0.3,8
\u30dd\u30fc\u30ea\u30f3\u30b0\u9593\u9694: 10 (1024s)`;

export const russianServer = `dc01.corp.example
\u0418\u043d\u0434\u0438\u043a\u0430\u0442\u043e\u0440 \u043f\u043e\u043c\u0435\u0445: 0(\u043f\u0440\u0435\u0434\u0443\u043f\u0440\u0435\u0436\u0434\u0435\u043d\u0438\u0439 \u043d\u0435\u0442)
\u0421\u0442\u0440\u0430\u0442\u0430: 4 (\u0432\u0442\u043e\u0440\u0438\u0447\u043d\u0430\u044f \u0441\u0441\u044b\u043b\u043a\u0430 - (S)NTP)
\u0422\u043e\u0447\u043d\u043e\u0441\u0442\u044c: -23 (119.209ns)
\u0417\u0430\u0434\u0435\u0440\u0436\u043a\u0430 \u043a\u043e\u0440\u043d\u044f: 0.0343750s
\u0414\u0438\u0441\u043f\u0435\u0440\u0441\u0438\u044f \u043a\u043e\u0440\u043d\u044f: 7.8229765s
\u0418\u0434\u0435\u043d\u0442\u0438\u0444\u0438\u043a\u0430\u0442\u043e\u0440 \u043e\u043f\u043e\u0440\u043d\u043e\u0433\u043e \u0432\u0440\u0435\u043c\u0435\u043d\u0438: 0x0A00000A (10.0.0.10)
\u0412\u0440\u0435\u043c\u044f \u043f\u043e\u0441\u043b\u0435\u0434\u043d\u0435\u0439 \u0443\u0441\u043f\u0435\u0448\u043d\u043e\u0439 \u0441\u0438\u043d\u0445\u0440\u043e\u043d\u0438\u0437\u0430\u0446\u0438\u0438: 12.03.2024 10:22:33
\u0418\u0441\u0442\u043e\u0447\u043d\u0438\u043a: dc01.corp.example
\u0418\u043d\u0442\u0435\u0440\u0432\u0430\u043b \u043e\u043f\u0440\u043e\u0441\u0430: 10 (1024s)`;

/** The console's code page read as another one. */
export const mojibake = `VM IC Time Synchronization Provider
\u2030[\u0192C\u0192\u201c\u0192W\u0192P\ufffd[\u0192^\ufffd[: 0 (\u0152x\ufffd\u0090\u201a\u00c8\u201a\u00b5)
\u0160K\u2018w: 2 (\u201c\u00f1\u017d\u0178\u017dQ\ufffd\u00c6)
\ufffd\u00b8\u201cx: -23
x: 0.0000000s
x: 0.0100000s
\u017dQ\ufffd\u00c6 ID: 0x564D5450 ("VMTP")
x: VM IC Time Synchronization Provider`;

export const notStarted = 'The following error occurred: The service has not been started. (0x80070426)';
export const germanNotStarted = 'Der folgende Fehler ist aufgetreten: Der Dienst wurde nicht gestartet. (0x80070426)';

export const trackingPhc =
  '50484330,PHC0,3,1760040765.402166235,0.000000012,0.000000004,0.000000031,-2.104,0.000,0.003,0.000000001,0.000010210,8.0,Normal';
export const trackingServer =
  'C0000201,192.0.2.1,3,1760040765.402166235,-0.000004012,-0.000001789,0.000021553,-7.462,-0.001,0.026,0.000474853,0.000140421,1024.4,Normal';
export const trackingNobody =
  '00000000,,0,0.000000000,0.000000000,0.000000000,0.000000000,0.000,0.000,0.000,1.000000000,1.000000000,0.0,Not synchronised';

const sourcesPhc = '#,*,PHC0,2,3,377,8,-0.000001479,0.000011000,0.000001358';
export const sourcesBoth = `${sourcesPhc}
^,+,192.0.2.1,2,6,377,44,-0.000050000,-0.000050000,0.000200000
^,-,192.0.2.2,2,6,377,44,-0.000050000,-0.000050000,0.000200000`;

export const linuxPhc = `Last login: never
@@ ptp
/dev/ptp0 hyperv
@@ link
/dev/ptp0
@@ daemons
chronyd
@@ timedatectl
Timezone=Etc/UTC
LocalRTC=no
CanNTP=yes
NTP=yes
NTPSynchronized=yes
TimeUSec=Sun 2026-11-29 10:00:00 UTC
@@ timesync
@@ tracking
${trackingPhc}
@@ sources
${sourcesPhc}
@@ kernel
6.8.0-48-generic
@@ end`;
