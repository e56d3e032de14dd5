/** An XML element without namespaces: local name, attributes, children, and the text where it has no children. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

export const childrenOf = (element: XmlElement | undefined, name: string): readonly XmlElement[] =>
  element?.children.filter((c) => c.name === name) ?? [];

/** The first element down a path of names. */
export const elementAt = (element: XmlElement | undefined, ...path: string[]): XmlElement | undefined =>
  path.reduce<XmlElement | undefined>((at, name) => at?.children.find((c) => c.name === name), element);

/** The text down a path; null where it is absent or empty. */
export const textAt = (element: XmlElement | undefined, ...path: string[]): string | null => {
  const text = elementAt(element, ...path)?.text.trim() ?? '';
  return text === '' ? null : text;
};

/** All elements of a name, however deep, not looking inside those found. */
export const deepElements = (element: XmlElement, name: string): XmlElement[] =>
  element.name === name ? [element] : element.children.flatMap((child) => deepElements(child, name));
