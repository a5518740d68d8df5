import { defineRule, type FactTypes } from "../../src/rule/index.ts";

type Problem = FactTypes["reading"]["problems"][number];

export default defineRule({
  code: "KC901",
  id: "document-unreadable",
  summary: "a document could not be read, or an API server would refuse it as it is written",
  severity: "error",
  since: "0.1.0",
  citation: "k8s.io/apimachinery pkg/util/yaml; sigs.k8s.io/yaml; https://yaml.org/spec/1.2.2/",
  reads: ["reading"],
  messages: {
    broken: {
      says: "this is not YAML that Kubernetes can read: {problem}",
      breaks: "kubectl refuses the file; what the document should say is not known here",
      fix: "correct the syntax",
    },
    unreadable: {
      says: "{file} cannot be read: {problem}",
      breaks: "what it holds is not known here",
    },
    incomplete: {
      says: "this is {problem}",
      breaks: "kubectl refuses it",
      fix: "complete it",
    },
    unknownResource: {
      says: "an API server refuses this: {problem}",
      breaks: "the object is never created",
      fix: "correct apiVersion or kind",
    },
    duplicateKey: {
      says: "{problem}",
      breaks: "what the first one says is lost without a word; stricter tools refuse the file",
      fix: "remove one of them",
    },
    separator: {
      says: "{problem}",
      breaks: "nothing of it reaches the cluster",
      fix: "put the text on a line of its own",
    },
    notRendered: {
      says: "the kustomization {file} could not be read: {problem}",
      breaks: "what it renders to is not known here",
    },
  },
  *subjects(view) {
    const { files, problems } = view.fact("reading");
    const all = new Set([...files, ...problems.map(fileOf)]);
    for (const file of all)
      yield {
        kind: "File",
        namespace: "",
        name: file,
        problems: problems.filter((problem) => fileOf(problem) === file),
      };
  },
  *check({ name: file, problems }, view, fault) {
    for (const { type, place, message, named } of problems) {
      const problem = message;
      if (type === "broken" || type === "incomplete" || type === "separator")
        yield fault(type, place, { problem });
      else if (type === "unknown-resource") yield fault("unknownResource", place, { problem });
      else if (type === "duplicate-key")
        yield fault("duplicateKey", place, { problem }, { severity: "warning" });
      else if (type === "unreadable")
        yield fault("unreadable", place, { file, problem: withoutPath(message, file) });
      else if (named && type !== "template") yield fault("notRendered", place, { file, problem });
    }
    const skipped = problems.find(
      ({ type, named }) =>
        type === "template" || (!named && (type === "tool" || type === "refused")),
    );
    if (skipped) view.notEvaluated(skipped.message);
  },
});

/** Node's messages often name the file, which the finding does already. */
function withoutPath(message: string, file: string): string {
  return message.startsWith(`${file}: `) ? message.slice(file.length + 2) : message;
}

function fileOf({ place: { provenance } }: Problem): string {
  return provenance.type === "cluster" ? provenance.context : provenance.file;
}
