// What is offered after the report on one VM, as after the check of a clock: never done by itself, and only where something
// does not work or could not be told.
import { connectOptions } from '../domain/connect/ways';
import { reportOffer } from '../domain/health/reportActions';
import type { ReportAction } from '../domain/health/reportActions';
import { reportActionButton, reportConcernText } from '../domain/health/reportActionTexts';
import type { VmReport } from '../domain/health/vmReport';
import type { NodeRegistry } from '../views/nodes';
import { serviceName } from '../views/serviceTexts';
import { untilContact } from './comeToRest';
import type { CommandContext } from './commandContext';
import { connect, connectFacts } from './connect/connect';
import { changeServices } from './setService';
import type { VmTarget } from './targets';
import { waitForHeartbeat } from './waitForHeartbeat';

/** A message has room for so many buttons. */
const offered = 3;

/** @param again shows the report anew; the promise ends with what the person chose, or with the message */
export async function offerActions(
  context: CommandContext,
  nodes: NodeRegistry,
  target: VmTarget,
  report: VmReport,
  again: () => Promise<void>,
): Promise<void> {
  const ways = connectOptions(connectFacts(context, target.hostId, report.vm));
  const offer = reportOffer(
    report,
    ways.some(({ obstacle }) => obstacle === undefined),
  );
  if (offer === undefined) return;
  const shown = offer.actions.slice(0, offered);
  const services = report.services
    .filter(({ tone }) => tone === 'attention')
    .map(({ service }) => serviceName(service));
  const message = reportConcernText(offer.concern, target.vm.name, services);
  const pressed = await context.ui.offer(message, ...shown.map(reportActionButton));
  const action = shown.find((one) => reportActionButton(one) === pressed);
  if (action === undefined) return;
  try {
    const mayDiffer = await carryOut(context, nodes, target, action);
    if (mayDiffer) await again();
  } catch (error) {
    context.log.error('What was offered after a report failed.', error);
    void context.ui.error(error instanceof Error ? error.message : String(error));
  }
}

/** @returns whether the report may say something else now */
async function carryOut(
  context: CommandContext,
  nodes: NodeRegistry,
  target: VmTarget,
  action: ReportAction,
): Promise<boolean> {
  const { hostId, vm } = target;
  const row = nodes.vm(hostId, vm.id);
  switch (action) {
    case 'retryHost':
      await context.service.retry(hostId);
      return true;
    case 'refresh':
      await context.service.refresh(hostId);
      return true;
    case 'waitForHeartbeat':
      return (await waitForHeartbeat(context, row))?.outcome === 'answered';
    case 'enableVss':
      await changeServices(context, nodes, 'enable', nodes.service(hostId, vm.id, 'vss'));
      // A report before that would have nothing to tell.
      await untilContact(context, target, 'vss');
      return true;
    case 'connect':
      await connect(context, undefined, row);
      return false;
  }
}
