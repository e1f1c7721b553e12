// Where rows stand in the tree. Pure.
import type { HostRecord } from '../hyperv/hostStore';
import type { HypervNode } from './nodes';
import type { VmList } from './vmLists';

/** From top to bottom; what stands below one VM keeps its order. Nodes that are not drawn come first. */
export function inTreeOrder(
  nodes: readonly HypervNode[],
  hosts: readonly HostRecord[],
  listOf: (host: HostRecord) => VmList,
): HypervNode[] {
  const wanted = new Set(nodes.map(rowKey));
  const hostIds = new Set(nodes.map(({ hostId }) => hostId));
  const places = new Map<string, number>();
  let next = 0;
  const place = (key: string): void => {
    next += 1;
    if (wanted.has(key)) places.set(key, next);
  };
  for (const host of hosts) {
    const hostId = host.definition.id;
    if (!hostIds.has(hostId)) continue;
    const { ids, groups } = listOf(host);
    place(rowKey({ kind: 'host', id: '', hostId }));
    for (const [key, group] of groups) {
      place(rowKey({ kind: 'group', id: '', hostId, key }));
      for (const vmId of group.ids) place(vmKey(hostId, vmId));
    }
    if (groups.size === 0) for (const vmId of ids) place(vmKey(hostId, vmId));
  }
  const placeOf = (node: HypervNode): number => places.get(rowKey(node)) ?? 0;
  return [...nodes].sort((a, b) => placeOf(a) - placeOf(b) || depthOf(a) - depthOf(b));
}

/** The same for a VM and for what stands below it. */
function rowKey(node: HypervNode): string {
  if ('vmId' in node) return vmKey(node.hostId, node.vmId);
  return node.kind === 'group' ? `${node.hostId}\ngroup\n${node.key}` : node.hostId;
}

function vmKey(hostId: string, vmId: string): string {
  return `${hostId}\nvm\n${vmId}`;
}

function depthOf({ kind }: HypervNode): number {
  return kind === 'host' || kind === 'group' || kind === 'vm' ? 0 : 1;
}
