import { start } from '../../../apps/api/src/start.js';
import { WalletModule } from './wallet.module.js';

/** The API, with the wallet. */
await start({ providers: [WalletModule] });
