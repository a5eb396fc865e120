import type { Nodes, Parents } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { ReactNode } from 'react';
import { Named } from '../../ui/Named.tsx';

/** The notes of an agenda, which are Markdown (CommonMark). HTML in them is shown as it was written, and an image as its description. */
export function Notes({ text }: { text: string }) {
  return <div className="agenda-notes">{inside(fromMarkdown(text))}</div>;
}

// biome-ignore lint/suspicious/noArrayIndexKey: the nodes of one text never change their order
const inside = ({ children }: Parents): ReactNode => children.map((node, index) => <Node key={index} node={node} />);

function Node({ node }: { node: Nodes }): ReactNode {
  switch (node.type) {
    case 'text':
      return <Named text={node.value} />;
    case 'inlineCode':
      return <code>{node.value}</code>;
    case 'strong':
      return <strong>{inside(node)}</strong>;
    case 'emphasis':
      return <em>{inside(node)}</em>;
    case 'break':
      return <br />;
    case 'link':
      return <WebLink url={node.url}>{inside(node)}</WebLink>;
    case 'image':
      return node.alt;
    case 'heading':
      return <h3>{inside(node)}</h3>;
    case 'list':
      return node.ordered ? <ol start={node.start ?? 1}>{inside(node)}</ol> : <ul>{inside(node)}</ul>;
    case 'listItem':
      return <li>{inside(node)}</li>;
    case 'blockquote':
      return <blockquote>{inside(node)}</blockquote>;
    case 'code':
      return <pre>{node.value}</pre>;
    case 'thematicBreak':
      return <hr />;
    case 'paragraph':
      return <p>{inside(node)}</p>;
    default:
      // HTML is a text here. What is left has children, as a link by reference has, or shows nothing, as what it refers to.
      return 'value' in node ? node.value : 'children' in node ? inside(node) : null;
  }
}

/** A link to the web in a new tab. An address of another kind, such as `javascript:`, is not followed. */
function WebLink({ url, children }: { url: string; children: ReactNode }) {
  if (!/^https?:/i.test(url)) return children;
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}
