import { start } from '../../../apps/worker/src/start.js';
import { WalletModule } from './wallet.module.js';

/** The worker, with the wallet. */
await start({ providers: [WalletModule] });
