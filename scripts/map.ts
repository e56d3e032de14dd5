import { drawMap } from './check/map.ts';
import { loadManifests } from './check/manifests.ts';
import { treeOnDisk } from './check/source-tree.ts';

process.stdout.write(drawMap(await loadManifests(treeOnDisk(process.cwd()))));
