// Reset Demo Lab: every simulated host goes back to its description. Asks nothing: the lab is a toy.
import type { CommandContext } from './commandContext';

/** Hosts do not wait for each other; one that cannot be reset shows why in its own row. */
export async function resetDemoLab({ store, service, resetLabHost, log }: CommandContext): Promise<void> {
  const labs = store.hosts().filter(({ definition }) => definition.kind === 'lab');
  await Promise.all(
    labs.map(async ({ definition }) => {
      try {
        await resetLabHost(definition.id);
      } catch (error) {
        log.error(`The lab's host ${definition.name} was not reset.`, error);
      }
      await service.retry(definition.id);
    }),
  );
}
