// The content of the cells, with the same elements as in our table.
import { memo, useContext } from 'react';

import { OpenDialog } from './dialog.js';
import { Icon } from './Icon.jsx';

/** At most this many products are shown in a row; the others open in a list. */
const PRODUCTS_SHOWN = 2;
const LABELS = { active: 'Active', 'expiring-soon': 'Expiring soon', expired: 'Expired', disabled: 'Disabled' };

export function TokenName({ name }) {
  return (
    <a href={`/projects/BENCH/tokens/${name}`} title={name}>
      {name}
    </a>
  );
}

export function SubscriptionEnd({ token }) {
  const { subscription_end: end, days_left: days } = token;
  const near = days !== null && days <= 30;
  return (
    <>
      {end ?? 'None'}
      {near && <> <span className="quiet">{inDays(days)}</span></>}
    </>
  );
}

function inDays(days) {
  if (days === 0) return 'last day today';
  return days === 1 ? 'in 1 day' : `in ${days} days`;
}

export function Products({ products }) {
  const more = products.length - PRODUCTS_SHOWN;
  return (
    <>
      <ul className="products">{products.slice(0, PRODUCTS_SHOWN).map(product)}</ul>
      {more > 0 && (
        <details className="more-products">
          <summary>
            +{more}
            <span className="hidden"> more products</span>
          </summary>
          <ul className="products">{products.slice(PRODUCTS_SHOWN).map(product)}</ul>
        </details>
      )}
    </>
  );
}

function product({ key, ends, running }) {
  const title = running ? `Until ${ends}` : `Not running; subscription ends ${ends}`;
  return (
    <li key={key} className={running ? undefined : 'product-ended'} title={title}>
      {key}
    </li>
  );
}

export function Status({ token }) {
  const toAdd = token.products_to_add.length;
  return (
    <>
      <span className={`badge badge-${token.status}`}>{LABELS[token.status]}</span>
      {toAdd > 0 && (
        <span className="badge badge-plain to-add" title={token.products_to_add.join(', ')}>
          +{toAdd} <span className="hidden">{toAdd === 1 ? 'product' : 'products'}</span> to add
        </span>
      )}
      {token.status_reason && (
        <span className="news">
          <span title={token.status_reason}>{token.status_reason.replace(token.created_for.name, 'Owner')}</span>
        </span>
      )}
    </>
  );
}

const ACTIONS = [
  { slug: 'resync', verb: 'Re-sync Products' },
  { slug: 'regenerate', verb: 'Re-generate Secret' },
  { slug: 'disable', verb: 'Disable Token' },
  { slug: 'delete', verb: 'Delete Token' },
];

export function Actions({ token }) {
  return (
    <>
      <details className="more" name="card">
        <summary tabIndex={-1} aria-label={`More about ${token.name}`} />
      </details>
      {ACTIONS.map(({ slug, verb }) => <RowAction key={slug} slug={slug} verb={verb} token={token} />)}
    </>
  );
}

const RowAction = memo(function RowAction({ slug, verb, token }) {
  const openDialog = useContext(OpenDialog);
  const value = `${slug}-${token.id}`;
  return (
    <button
      id={value}
      className="action"
      data-verb={verb}
      type="button"
      value={value}
      aria-label={`${verb} ${token.name}`}
      title={verb}
      onClick={() => openDialog(value)}
    >
      <Icon name={slug} />
    </button>
  );
});
