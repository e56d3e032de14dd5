export { product } from './product/product.ts';
export { deviceClasses, type ClassOfDevice } from './product/device-class.ts';
export type { ProductFacts } from './product/product-facts.ts';
export { registration } from './registration/registration.ts';
export { parseRegistrationNo, registrationFindings } from './registration/registration-number.ts';
export { isGtin } from './identification/check-digits.ts';
export { gtinOf, issuingAgencies, normalDi } from './package/device-identifier.ts';
