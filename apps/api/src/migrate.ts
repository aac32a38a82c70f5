import { start } from './start-migration.js';

await start();
