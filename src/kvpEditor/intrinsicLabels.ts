// Readable names of what a guest says of itself (documentation of Msvm_KvpExchangeComponent, GuestIntrinsicExchangeItems).
import * as l10n from '@vscode/l10n';

/** Key and name of everything that is documented. */
export function intrinsicLabels(): readonly (readonly [key: string, label: string])[] {
  return [
    ['FullyQualifiedDomainName', l10n.t('Name in the guest')],
    ['OSName', l10n.t('Operating system')],
    ['OSVersion', l10n.t('Version')],
    ['OSMajorVersion', l10n.t('Major version')],
    ['OSMinorVersion', l10n.t('Minor version')],
    ['OSBuildNumber', l10n.t('Build')],
    ['OSEditionId', l10n.t('Edition, as a number')],
    ['OSPlatformId', l10n.t('Platform, as a number')],
    ['CSDVersion', l10n.t('Service pack')],
    ['ServicePackMajor', l10n.t('Service pack, major version')],
    ['ServicePackMinor', l10n.t('Service pack, minor version')],
    ['SuiteMask', l10n.t('Product suites, as a number')],
    ['ProductType', l10n.t('Product type, as a number')],
    ['ProcessorArchitecture', l10n.t('Processor architecture')],
    ['IntegrationServicesVersion', l10n.t('Integration services version')],
    ['NetworkAddressIPv4', l10n.t('IPv4 addresses')],
    ['NetworkAddressIPv6', l10n.t('IPv6 addresses')],
    ['RDPAddressIPv4', l10n.t('IPv4 addresses for Remote Desktop')],
    ['RDPAddressIPv6', l10n.t('IPv6 addresses for Remote Desktop')],
  ];
}
