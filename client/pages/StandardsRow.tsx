import type { Covered } from '../../scenarios/engine/standards.ts';
import { addressOf } from '../ui/address.ts';
import { Link } from '../ui/Link.tsx';

/** One requirement: what it asks for, and the scenarios that show it or the reason why none can. */
export function StandardsRow({ requirement: { id, level, says, whyNot }, shownBy }: Covered) {
  return (
    <tr data-shown={shownBy.length > 0}>
      <th scope="row">
        <span className="standards-id">{id.replace(/^ASVS /, '')}</span>
        {level !== null && <span className="standards-level">level {level}</span>}
      </th>
      <td>{says}</td>
      <td>
        {shownBy.length > 0 ? (
          <ul>
            {shownBy.map(({ slug, title }) => (
              <li key={slug}>
                <Link to={addressOf(slug)}>{title}</Link>
              </li>
            ))}
          </ul>
        ) : (
          <span className="standards-not">{whyNot ?? 'Not shown yet.'}</span>
        )}
      </td>
    </tr>
  );
}
