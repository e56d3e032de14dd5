import { implementModule } from '#kernel/module.server.ts';
import { legalEntityServer } from './legal-entity/legal-entity.server.ts';
import { organisation } from './module.ts';

export const organisationServer = implementModule(organisation, { definitions: [legalEntityServer] });
