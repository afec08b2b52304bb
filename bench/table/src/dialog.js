// Opens the dialog of a row's button. A context, so that the rows need no handler of their own.
import { createContext } from 'react';

export const OpenDialog = createContext(() => {});
