import { refuse } from '#kernel/command/refusal.ts';
import { handle, type OperationHandler } from '#kernel/http/context.server.ts';
import { implementModule, type ModuleServer } from '#kernel/module.server.ts';
import { liveEvents } from '#kernel/outbox/live.server.ts';
import { chainHandlers } from './chain.server.ts';
import { eventHandlers, type Catalogue } from './events.server.ts';
import { jobHandlers } from './job-handlers.server.ts';
import { mailHandlers } from './mail-handlers.server.ts';
import { audit } from './module.ts';
import { followEvents } from './operations.ts';
import { auditRefusals } from './refusals.ts';
import { auditJobs } from './scheduled.server.ts';

const liveHandler = (catalogue: () => Catalogue): OperationHandler =>
  handle(followEvents, async (context, _input, { request }) => {
    const lastEventId = request.headers.get('last-event-id');
    const answer = liveEvents(context, (kind) => catalogue().definition(kind), lastEventId, request.signal);
    if (answer === undefined) return refuse(auditRefusals.liveIsAway({}));
    return answer === 'too-many' ? refuse(auditRefusals.tooManyStreams({})) : answer;
  });

/** `product` is asked late: labels, masking and live scope come from the definitions of every module. */
export function createAuditModule(options: { readonly product: () => Catalogue }): ModuleServer {
  return implementModule(audit, {
    handlers: [liveHandler(options.product), ...eventHandlers(options.product), ...chainHandlers, ...jobHandlers, ...mailHandlers],
    jobs: auditJobs,
  });
}
