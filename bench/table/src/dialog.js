// What a row's button opens. A context, so that the rows need no handler of their own.
import { createContext } from 'react';

export const OpenDialog = createContext(() => {});
