/** What the side rail of every document page shows of this module; each takes `{ kind, id }`. */
export { CommentsPanel } from './comments-panel.web.tsx';
export { FilesPanel } from './files-panel.web.tsx';
export { RelatedPanel } from './related-panel.web.tsx';
