import type { ComponentType, LazyExoticComponent } from 'react';
import type { AnyDefinition } from '#kernel/document/definition.ts';
import type { DocumentAnswer } from '#kernel/http/wire.ts';
import type { LocalText } from '#kernel/i18n/text.ts';

/** A component as it is declared (loaded on demand) or at hand. */
export type PageComponent<P = object> = LazyExoticComponent<ComponentType<P>> | ComponentType<P>;

export interface ListPageProps {
  readonly definition: AnyDefinition;
}

export interface DocumentPageProps {
  readonly definition: AnyDefinition;
  /** Null on the page that makes a new one. */
  readonly id: string | null;
}

export interface DocumentPanelProps {
  readonly definition: AnyDefinition;
  readonly answer: DocumentAnswer;
}

/** A page of its own, beside the lists and documents that come from the definitions. */
export interface WebRoute {
  /** Absolute, e.g. `/access/audit` or `/finance/balances/$accountId`. */
  readonly path: string;
  readonly label: LocalText;
  /** Needed to see it; without it every signed-in person does. */
  readonly permission?: string;
  readonly component: PageComponent;
}

/** Shown in the rail of every page of a kind, below what the kernel shows. */
export interface DocumentPanel {
  readonly kind: string;
  readonly label: LocalText;
  readonly component: PageComponent<DocumentPanelProps>;
}

/** Takes the place of the generated page of a kind. */
export interface DocumentPage {
  readonly kind: string;
  readonly component: PageComponent<DocumentPageProps>;
}

/** A card on the home page: a question of a role, answered small, with the way to its documents. */
export interface HomeWidget {
  readonly name: string;
  readonly label: LocalText;
  readonly permission?: string;
  /** Columns of the twelve it takes. */
  readonly width: 4 | 6 | 8 | 12;
  readonly component: PageComponent;
}

/** What a module adds to the screens; names match the pure manifest. */
export interface WebModule {
  readonly name: string;
  readonly routes: readonly WebRoute[];
  readonly documentPanels: readonly DocumentPanel[];
  readonly documentPages: readonly DocumentPage[];
  readonly homeWidgets: readonly HomeWidget[];
}

export const defineWebModule = (m: Pick<WebModule, 'name'> & Partial<WebModule>): WebModule => ({
  routes: [],
  documentPanels: [],
  documentPages: [],
  homeWidgets: [],
  ...m,
});
