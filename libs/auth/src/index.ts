export { AuthModule, UsersModule } from './auth.module.js';
export {
  type AuthenticatedRequest,
  type Caller,
  CurrentCaller,
  Public,
  PUBLIC,
  type Role,
  Roles,
  ROLES,
} from './caller.js';
export { hashPassword } from './passwords.js';
export { requireEpoch } from './require-epoch.js';
export { type Identity, Tokens } from './tokens.js';
export { UsersRepository } from './users.repository.js';
