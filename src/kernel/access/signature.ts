/**
 * Whether a signature still stands: it was given for exactly the content that is there now. Anything entered differently since makes
 * it invalid, and the screen and the print say so (21 CFR 11.70, R-089).
 */
export const isSignatureValid = (signature: { readonly contentHash: string }, currentContentHash: string): boolean =>
  signature.contentHash === currentContentHash;
