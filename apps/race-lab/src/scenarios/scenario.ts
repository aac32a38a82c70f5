import type { Stage } from '../stage/stage.js';

export interface Scenario {
  readonly name: string;
  /** How many servers it is played on. */
  readonly servers: number;
  /** What the servers need beside the house's own settings, prepared before they start. */
  prepare?(stage: Stage): Promise<NodeJS.ProcessEnv>;
  /** The attack itself: until every request has its answer, or has lost it for good. */
  play(stage: Stage): Promise<void>;
  /** What it has to show once the money has moved. */
  after?(stage: Stage): Promise<void>;
}
