import { afterAll } from 'vitest';
import { closeAllOpened } from './world.server.ts';

afterAll(closeAllOpened);
