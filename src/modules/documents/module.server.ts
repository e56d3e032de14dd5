import { verifyFilesJob } from '#kernel/files/verify-files.server.ts';
import { implementModule, type ModuleServer } from '#kernel/module.server.ts';
import { attachmentHandlers } from './attachment.server.ts';
import { commentHandlers } from './comment.server.ts';
import { importHandlers, importJobs } from './import.server.ts';
import { documents } from './module.ts';
import { mentionWork, notificationHandlers } from './notification.server.ts';
import type { ProductAsked } from './ports.server.ts';
import { relatedHandlers } from './related.server.ts';
import { savedViewHandlers } from './saved-view.server.ts';

/** The server side of what hangs on every record; it works for all kinds of the product it is given. */
export const documentsServer = (product: ProductAsked): ModuleServer =>
  implementModule(documents, {
    handlers: [
      ...attachmentHandlers(product),
      ...commentHandlers(product),
      ...relatedHandlers(product),
      ...notificationHandlers(product),
      ...savedViewHandlers(product),
      ...importHandlers(product),
    ],
    jobs: [verifyFilesJob, ...importJobs(product)],
    work: [mentionWork(product)],
  });
