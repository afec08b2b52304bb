// Holds the list: the first rows at once, all rows after they have been fetched.
import { useEffect, useState } from 'react';

import { TokensSection } from './TokensSection.jsx';

export function App({ firstRows }) {
  const [list, setList] = useState({ tokens: firstRows, isComplete: false });
  useEffect(() => {
    const stop = new AbortController();
    fetch('/api/tokens/list', { method: 'POST', signal: stop.signal })
      .then((response) => response.json())
      .then((tokens) => setList({ tokens, isComplete: true }))
      .catch((error) => {
        if (!stop.signal.aborted) throw error;
      });
    return () => stop.abort();
  }, []);
  return <TokensSection tokens={list.tokens} isComplete={list.isComplete} />;
}
