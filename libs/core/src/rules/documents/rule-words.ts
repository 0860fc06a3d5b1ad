/** A rule as it is written: its docstring, then the constant, then the id that the docstring is about. */
const RULE = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export const \w+: Rule\b(?:(?!\n\};)[\s\S])*?\bid: '([^']+)'/g;

/**
 * What the code of rules says about them: the docstring above each rule, as paragraphs of Markdown, by the rule's id. So
 * what a reviewer reads is what a developer must keep true.
 *
 * @param source the text of a file of rules
 */
export function ruleWords(source: string): ReadonlyMap<string, string> {
  return new Map([...source.matchAll(RULE)].map(([, comment, id]) => [id!, paragraphs(comment!)]));
}

function paragraphs(comment: string): string {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*? ?/, '').trimEnd());
  return lines
    .join('\n')
    .replace(/\{@link ([^}]+)\}/g, '`$1`')
    .split(/\n{2,}/)
    .map((paragraph) => joined(paragraph.trim()))
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** Lines are broken for the code's sake alone, but for those of a list. */
function joined(paragraph: string): string {
  return paragraph.replace(/\n(?!- )/g, ' ');
}
