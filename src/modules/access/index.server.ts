export { createAuthentication } from './authentication.server.ts';
export { createDemoAccess } from './demo.server.ts';
export { demoPassword, demoPeople } from './demo.ts';
export { createPeople } from './people.server.ts';
export { makeSetupLink } from './setup.server.ts';
export { createSignatures } from './signature.server.ts';
export { singleSignOnFrom, type SingleSignOnSettings } from './single-sign-on.server.ts';
