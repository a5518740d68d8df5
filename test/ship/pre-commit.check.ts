import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cleanMachine, has, runOn, type Ended } from "./machine.ts";

const home = cleanMachine();
const repository = join(home, "deployment");
const hooks = join(home, "hooks");
const author = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.com"];
const config = readFileSync("examples/healthy/config.yaml", "utf8");
const python = has("python3", "-m", "venv", "--help");
if (!python) console.warn("skipped: pre-commit is not run, as there is no Python here");

const git = (directory: string, ...args: readonly string[]) => {
  const ended = runOn(home, ["git", "-C", directory, ...author, ...args]);
  if (ended.code !== 0) throw new Error(`git ${args.join(" ")}: ${ended.err}`);
};

function preCommit(...args: readonly string[]): Ended {
  return runOn(home, [join(home, "venv/bin/pre-commit"), ...args], {
    cwd: repository,
    env: { PRE_COMMIT_HOME: join(home, "pre-commit") },
  });
}

/** Stages one changed file and runs the hook for it. */
function changed(name: string, text: string): Ended {
  const file = join(repository, name);
  writeFileSync(file, text);
  git(repository, "add", name);
  return preCommit("run", "knative-certs");
}

describe.skipIf(!python)("pre-commit, installed from a git tag", () => {
  beforeAll(() => {
    runOn(home, ["python3", "-m", "venv", "venv"]);
    const pip = runOn(home, ["venv/bin/pip", "install", "--quiet", "pre-commit"]);
    if (pip.code !== 0) throw new Error(`pre-commit cannot be installed: ${pip.err}`);
    runOn(home, ["git", "clone", "--quiet", process.cwd(), hooks]);
    git(hooks, "tag", "v0.0.0-check");
    mkdirSync(repository);
    cpSync("examples/healthy", join(repository, "healthy"), { recursive: true });
    cpSync("examples/shop", join(repository, "shop"), { recursive: true });
    writeFileSync(
      join(repository, ".knative-certs.yaml"),
      `clusters:
  - { name: healthy, paths: [healthy] }
  - { name: shop, paths: [shop] }
`,
    );
    writeFileSync(
      join(repository, ".pre-commit-config.yaml"),
      `repos:
  - repo: ${hooks}
    rev: v0.0.0-check
    hooks: [{ id: knative-certs }, { id: knative-certs-all }]
`,
    );
    git(repository, "init", "--quiet");
    git(repository, "add", ".");
    git(repository, "commit", "--quiet", "--message", "Begin");
  });
  afterAll(() => {
    rmSync(home, { recursive: true });
  });

  it("lets a change pass that touches nothing wrong, although other files are", () => {
    const { code, out } = changed("healthy/config.yaml", `${config}\n# a comment\n`);
    expect(out).toContain("Passed");
    expect(code).toBe(0);
  });

  it("stops a change that breaks something, and says nothing of the rest", () => {
    const wrong = config.replace(/external-domain-tls: .*/, 'external-domain-tls: "on"');
    const { code, out } = changed("healthy/config.yaml", wrong);
    expect(code).toBe(1);
    expect(out).toContain("KC111");
    expect(out).not.toContain("shop/config.yaml");
  });

  it("stops a change that does not parse", () => {
    const { code, out } = changed("healthy/config.yaml", "kind: ConfigMap\napiVersion: [\n");
    expect(code).toBe(1);
    expect(out).toContain("KC901");
    expect(out).toContain("exit code: 3");
  });

  it("judges the whole repository before a push", () => {
    git(repository, "checkout", "--quiet", "HEAD", "healthy/config.yaml");
    const { code, out } = preCommit("run", "knative-certs-all", "--hook-stage", "manual");
    expect(code).toBe(1);
    expect(out).toContain("shop/config.yaml");
  });
});
