import { createRootRoute, Link, createRoute, createRouter, lazyRouteComponent, redirect, useParams } from '@tanstack/react-router';
import { createElement, lazy } from 'react';
import { viewPermission } from '#kernel/access/permission.ts';
import { text } from '#kernel/i18n/text.ts';
import { ErrorBoundary } from '../common/error-boundary.web.tsx';
import { NoPermission, NotFound, PageSkeleton } from '../common/states.web.tsx';
import { T } from '../locale.web.tsx';
import { definitionAt, getProduct } from '../product.web.ts';
import { useCan } from '../session.web.ts';
import type { WebRoute } from '../web-module.web.tsx';
import { Layout } from './layout.web.tsx';

const importListPage = () => import('../list/list-page.web.tsx');
const importDocumentPage = () => import('../document/document-page.web.tsx');
const ListPage = lazy(() => importListPage().then((m) => ({ default: m.ListPage })));
const DocumentPage = lazy(() => importDocumentPage().then((m) => ({ default: m.DocumentPage })));

/** Fetches the two generated pages while the person reads the first one, so that no click waits for script. */
export function fetchPagesWhenIdle(): void {
  const fetchPages = () => void Promise.all([importListPage(), importDocumentPage()]).catch(() => undefined);
  if ('requestIdleCallback' in window) window.requestIdleCallback(fetchPages, { timeout: 4000 });
  else setTimeout(fetchPages, 1500);
}

const homeLink = (
  <Link to="/" className="button">
    <T value={text('回到我的工作', 'Back to my work')} />
  </Link>
);

const useDefinition = () => {
  const { module = '', plural = '' } = useParams({ strict: false }) as { module?: string; plural?: string };
  return definitionAt(module, plural);
};

function ListRoute() {
  const definition = useDefinition();
  const may = useCan();
  if (!definition) return <NotFound action={homeLink} />;
  if (!may(viewPermission(definition))) return <NoPermission permission={viewPermission(definition)} action={homeLink} />;
  return <ListPage key={definition.kind} definition={definition} />;
}

function DocumentRoute() {
  const definition = useDefinition();
  const { id } = useParams({ strict: false }) as { id?: string };
  const may = useCan();
  if (!definition) return <NotFound action={homeLink} />;
  if (!may(viewPermission(definition))) return <NoPermission permission={viewPermission(definition)} action={homeLink} />;
  const own = getProduct()
    .webModules.flatMap((m) => m.documentPages)
    .find((page) => page.kind === definition.kind)?.component;
  return createElement(own ?? DocumentPage, { key: `${definition.kind}-${id ?? 'new'}`, definition, id: id ?? null });
}

function ModuleRoute({ route }: { route: WebRoute }) {
  const may = useCan();
  if (!may(route.permission)) return <NoPermission permission={route.permission} action={homeLink} />;
  return createElement(route.component);
}

/** The addresses of the shell and of every page modules add. Pages load on demand and already while the pointer rests on a link. */
export function makeRouter() {
  const root = createRootRoute({ component: Layout, notFoundComponent: () => <NotFound action={homeLink} /> });
  const at = (path: string, component: () => React.ReactNode, load?: () => Promise<unknown>) =>
    createRoute({ getParentRoute: () => root, path, component, ...(load ? { loader: () => void load() } : {}) });
  const home = createRoute({
    getParentRoute: () => root,
    path: '/',
    component: lazyRouteComponent(() => import('../home/home-page.web.tsx'), 'HomePage'),
  });
  // After log-in the log-in address means home.
  const login = createRoute({
    getParentRoute: () => root,
    path: '/login',
    beforeLoad: () => redirect({ to: '/', throw: true }),
  });
  const own = getProduct()
    .webModules.flatMap((m) => m.routes)
    .map((route) => at(route.path, () => <ModuleRoute route={route} />));
  const tree = root.addChildren([
    home,
    login,
    at('/m/$module/$plural', ListRoute, importListPage),
    at('/m/$module/$plural/new', DocumentRoute, importDocumentPage),
    at('/m/$module/$plural/$id', DocumentRoute, importDocumentPage),
    ...own,
  ]);
  return createRouter({
    routeTree: tree,
    defaultPreload: 'intent',
    defaultPreloadDelay: 40,
    scrollRestoration: true,
    scrollToTopSelectors: ['#main'],
    defaultPendingComponent: PageSkeleton,
    defaultErrorComponent: ({ error }) => (
      <ErrorBoundary>
        {createElement(() => {
          throw error;
        })}
      </ErrorBoundary>
    ),
  });
}
