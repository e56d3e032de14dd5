import { ParseOption, XmlDocument, XmlElement as XmlNode, XmlParseError } from 'libxml2-wasm';
import { refuse } from '#kernel/command/refusal.ts';
import { deviceDataRefusals as refusals } from './refusals.ts';
import type { XmlElement } from './xml-element.ts';

/** Records are flat; what nests deeper than this is not one of the formats read here. */
const DEPTH_MAX = 40;
const ELEMENTS_MAX = 3_000_000;

interface Budget {
  left: number;
}

function plainElement(node: XmlNode, depth: number, budget: Budget): XmlElement {
  budget.left -= 1;
  if (depth > DEPTH_MAX || budget.left < 0) refuse(refusals.tooComplex({ depth: DEPTH_MAX, count: ELEMENTS_MAX }));
  const children: XmlElement[] = [];
  for (let child = node.firstChild; child; child = child.next) {
    if (child instanceof XmlNode) children.push(plainElement(child, depth + 1, budget));
  }
  return {
    name: node.name,
    attributes: Object.fromEntries(node.attrs.map((a) => [a.name, a.content])),
    children,
    text: children.length > 0 ? '' : node.content,
  };
}

/**
 * Parses XML from a stranger. A document type is refused before anything is parsed, so there are no entities, no external files and
 * nothing that grows; depth and number of elements are bounded. Refuses what is not well-formed, with the line.
 */
export function parseXml(source: string): XmlElement {
  if (/<!DOCTYPE|<!ENTITY/iu.test(source)) refuse(refusals.documentType({}));
  let document: XmlDocument;
  try {
    document = XmlDocument.fromString(source, {
      option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NOCDATA,
    });
  } catch (error) {
    if (!(error instanceof XmlParseError)) throw error;
    const [first] = error.details ?? [];
    return refuse(refusals.notWellFormed({ line: first?.line ?? 0, problem: first?.message.trim() ?? error.message }));
  }
  try {
    return plainElement(document.root, 1, { left: ELEMENTS_MAX });
  } finally {
    document.dispose();
  }
}
