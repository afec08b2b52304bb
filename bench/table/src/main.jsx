// Starts the page with the first rows, which are in the document as on our page. `App` then fetches the whole list.
import { createRoot } from 'react-dom/client';

import { App } from './App.jsx';

const firstRows = JSON.parse(document.getElementById('first-rows').textContent);
createRoot(document.getElementById('root')).render(<App firstRows={firstRows} />);
