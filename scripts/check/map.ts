import type { ModuleManifest } from '../../src/kernel/module.ts';
import { compareGolden } from './golden.ts';
import type { Guard } from './guard.ts';
import { levelOf, levels } from './levels.ts';
import { loadManifests } from './manifests.ts';

const ROOM = { width: 190, height: 76, gapX: 26, gapY: 56, left: 64, top: 56 };
const escape = (s: string): string => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

interface Room {
  readonly manifest: ModuleManifest;
  readonly x: number;
  readonly y: number;
}

/** One row per level that has modules, highest on top, as a house is drawn. */
function placeRooms(manifests: readonly ModuleManifest[]): { rooms: Room[]; rows: number[] } {
  const used = levels
    .map((_, level) => level)
    .filter((level) => manifests.some((m) => levelOf(m.name) === level))
    .toReversed();
  const rooms = used.flatMap((level, row) =>
    manifests
      .filter((m) => levelOf(m.name) === level)
      .map((manifest, column) => ({
        manifest,
        x: ROOM.left + column * (ROOM.width + ROOM.gapX),
        y: ROOM.top + row * (ROOM.height + ROOM.gapY),
      })),
  );
  return { rooms, rows: used };
}

function drawRoom({ manifest, x, y }: Room): string {
  const kinds = manifest.definitions.map((d) => d.kind).join(' · ');
  const shown = kinds.length > 30 ? `${kinds.slice(0, 29)}…` : kinds;
  return [
    `<g><title>${escape(`${manifest.name}: ${kinds || 'no documents'}`)}</title>`,
    `<rect x="${x}" y="${y}" width="${ROOM.width}" height="${ROOM.height}" rx="6" fill="#ffffff" stroke="#cfd6dd"/>`,
    `<text x="${x + 12}" y="${y + 24}" font-weight="600" fill="#1b2430">${escape(manifest.label.en)}</text>`,
    `<text x="${x + ROOM.width - 12}" y="${y + 24}" text-anchor="end" fill="#5b6675">${escape(manifest.label.zh)}</text>`,
    `<text x="${x + 12}" y="${y + 44}" font-size="11" fill="#0b6e72">${escape(manifest.name)}</text>`,
    `<text x="${x + 12}" y="${y + 62}" font-size="10" fill="#5b6675">${escape(shown)}</text></g>`,
  ].join('');
}

function drawArrow(from: Room, to: Room): string {
  const x1 = from.x + ROOM.width / 2;
  const y1 = from.y + ROOM.height;
  const x2 = to.x + ROOM.width / 2;
  const bend = (to.y - y1) / 2;
  return `<path d="M${x1} ${y1} C${x1} ${y1 + bend} ${x2} ${to.y - bend} ${x2} ${to.y - 3}" fill="none" stroke="#9aa5b1" marker-end="url(#tip)"/>`;
}

/** The house as a picture: levels as rows, modules as rooms, an arrow for every declared use. */
export function drawMap(manifests: readonly ModuleManifest[]): string {
  const { rooms, rows } = placeRooms(manifests);
  const byName = new Map(rooms.map((r) => [r.manifest.name, r]));
  const width = Math.max(480, ...rooms.map((r) => r.x + ROOM.width)) + 32;
  const height = ROOM.top + rows.length * (ROOM.height + ROOM.gapY) + 44;
  const arrows = rooms.flatMap((from) =>
    from.manifest.dependsOn.flatMap((name) => byName.get(name) ?? []).map((to) => drawArrow(from, to)),
  );
  const labels = rows.map(
    (level, row) => `<text x="24" y="${ROOM.top + row * (ROOM.height + ROOM.gapY) + 44}" font-size="20" fill="#9aa5b1">${level}</text>`,
  );
  const groundY = height - 56;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter, Noto Sans SC, sans-serif" font-size="13">`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#9aa5b1"/></marker></defs>',
    `<rect width="${width}" height="${height}" fill="#f6f7f9"/>`,
    '<text x="24" y="32" font-weight="600" fill="#1b2430">MedTrade: a module may use the levels below it</text>',
    ...labels,
    ...arrows,
    ...rooms.map(drawRoom),
    `<rect x="${ROOM.left}" y="${groundY}" width="${width - ROOM.left - 32}" height="36" rx="6" fill="#e7f1f1" stroke="#0b6e72"/>`,
    `<text x="${ROOM.left + 12}" y="${groundY + 23}" fill="#0b6e72">kernel · 内核: pipeline, documents, two ledgers, access, audit, jobs, files; knows no module</text>`,
    '</svg>\n',
  ].join('\n');
}

export const map: Guard = {
  name: 'map',
  why: 'The first picture a newcomer sees must be the house as it is, not as it was.',
  run: async (tree, options) => compareGolden(tree, 'docs/map.svg', drawMap(await loadManifests(tree)), options),
};
