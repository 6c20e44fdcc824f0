import { Page } from '../../ui/page.tsx';

export function Help() {
  return <Page title="Help">{null}</Page>;
}

export function HelpArticle() {
  return <Page title="Help">{null}</Page>;
}
