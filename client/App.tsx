import { DropTarget } from './export/DropTarget.tsx';
import { lazyTraceFile } from './export/openedTrace.ts';
import { Catalogue } from './pages/Catalogue.tsx';
import { Notice } from './pages/Notice.tsx';
import { ScenarioPage } from './pages/ScenarioPage.tsx';
import { Standards } from './pages/Standards.tsx';
import { TracePage } from './pages/TracePage.tsx';
import { useOffer } from './pages/useOffer.ts';
import type { Api } from './player/serverApi.ts';
import { standardsAddress, traceAddress, useAsked, useSlug } from './ui/address.ts';
import { Confirmation } from './ui/Confirmation.tsx';
import { useInAdvance } from './ui/lazily.ts';

const loadedLater = [lazyTraceFile];

/** The page that the address means, and what can be done on every page: drop a trace file. */
export function App({ api }: { api: Api }) {
  useInAdvance(loadedLater);
  return (
    <>
      <Page api={api} />
      <DropTarget />
      <Confirmation />
    </>
  );
}

/** Which page it is, once it is known what can be played; for a trace from a file, that need not be known. */
function Page({ api }: { api: Api }) {
  const slug = useSlug();
  const standardsAsked = useAsked(standardsAddress);
  const traceAsked = useAsked(traceAddress);
  const { offer, problem, ask } = useOffer(api);
  if (traceAsked) return <TracePage />;
  if (!offer) {
    return problem && <Notice title="Session Sandbox" sentence={problem} action="Try again" onAction={ask} />;
  }
  const { scenarios } = offer.catalogue;
  if (standardsAsked) return <Standards scenarios={scenarios} />;
  if (slug === null) return <Catalogue scenarios={scenarios} />;
  const scenario = scenarios.find((one) => one.slug === slug);
  if (!scenario) return <Catalogue scenarios={scenarios} unknown={slug} />;
  return <ScenarioPage scenario={scenario} scenarios={scenarios} stores={offer.stores} onLookAgain={ask} />;
}
