import type { LocalText } from './i18n/text.ts';
import type { AnyDefinition } from './document/definition.ts';
import type { RefusalDefinition } from './command/refusal.ts';
import type { Operation } from './http/operation.ts';

export interface PermissionDefinition {
  readonly name: string;
  readonly label: LocalText;
}

/** A class of sensitive values (purchase price, bank account, ID number); roles see it fully, masked, or not at all. */
export interface SensitivityDefinition {
  readonly name: string;
  readonly label: LocalText;
}

export interface MenuItem {
  readonly label: LocalText;
  /** A document or record kind, or the path of a page. */
  readonly kind?: string;
  readonly path?: string;
  /** Needed to see it; for kinds the list permission is implied. */
  readonly permission?: string;
}

/** What a module is made of; pure, shared by all tiers. */
export interface ModuleManifest {
  readonly name: string;
  readonly label: LocalText;
  readonly icon: string;
  /** Modules of lower levels it may use. */
  readonly dependsOn: readonly string[];
  readonly definitions: readonly AnyDefinition[];
  readonly operations: readonly Operation[];
  /** Permissions beyond those derived from definitions. */
  readonly permissions: readonly PermissionDefinition[];
  readonly sensitivities: readonly SensitivityDefinition[];
  readonly refusals: readonly RefusalDefinition<any>[];
  /** Pairs of permissions that no one person may hold (segregation of duties). */
  readonly conflicts: readonly { readonly permissions: readonly [string, string]; readonly reason: LocalText }[];
  readonly menu: readonly MenuItem[];
  /** The ground under daily work: set up once and looked up now and then; the menu shows it last. */
  readonly isGround: boolean;
}

export const defineModule = (m: Pick<ModuleManifest, 'name' | 'label' | 'icon'> & Partial<ModuleManifest>): ModuleManifest => ({
  dependsOn: [],
  definitions: [],
  operations: [],
  permissions: [],
  sensitivities: [],
  refusals: [],
  conflicts: [],
  menu: [],
  isGround: false,
  ...m,
});
