import { expect, test } from 'vitest';
import type { CallInput } from '#kernel/http/client.ts';
import type { OperationOutput } from '#kernel/http/operation.ts';
import {
  changePassword,
  getSession,
  setLocale,
  setUp,
  signIn,
  signInOptions,
  signInSecondFactor,
  startSingleSignOn,
} from '#modules/access/operations.ts';
import { sessionPaths, type Session, type Setup, type SignInAnswer, type SignInOptions } from '#ui/session-shape.ts';

type Fits<Given extends Needed, Needed> = [Given, Needed];

/** Compiles only while the access module answers what the shell reads and takes what it sends. */
export type Agreement = [
  Fits<OperationOutput<typeof getSession>, Session>,
  Fits<OperationOutput<typeof signInOptions>, SignInOptions>,
  Fits<OperationOutput<typeof signIn>, SignInAnswer>,
  Fits<OperationOutput<typeof signInSecondFactor>, SignInAnswer>,
  Fits<Setup, CallInput<typeof setUp>['body']>,
];

test('the shell speaks to the paths the access module answers on', () => {
  expect(sessionPaths).toEqual({
    options: signInOptions.path,
    session: getSession.path,
    secondFactor: signInSecondFactor.path,
    singleSignOn: startSingleSignOn.path,
    setup: setUp.path,
    password: changePassword.path,
    locale: setLocale.path,
  });
  expect(signIn.path).toBe(sessionPaths.session);
});
