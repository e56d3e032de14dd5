export { DropZone } from './drop-zone.web.tsx';
export { sendFile } from './upload.web.ts';
