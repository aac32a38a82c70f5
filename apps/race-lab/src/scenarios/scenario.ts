import type { Stage } from '../stage/stage.js';

export interface Scenario {
  readonly name: string;
  /** The number of servers. */
  readonly servers: number;
  /** Environment of the servers in addition to the target's, prepared before they start. */
  prepare?(stage: Stage): Promise<NodeJS.ProcessEnv>;
  /** The attack itself, until every request has an answer or has failed. */
  play(stage: Stage): Promise<void>;
  /** Checks after the money has moved. */
  after?(stage: Stage): Promise<void>;
}
