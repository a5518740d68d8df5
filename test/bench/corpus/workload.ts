import { metadata, type App } from "./app.ts";
import { hex, sentence } from "./prose.ts";
import type { Random } from "../../support/random.ts";

export function deployment(random: Random, app: App): string {
  const containers = random.chance(0.3) ? 2 : 1;
  return `apiVersion: apps/v1
kind: ${random.chance(0.85) ? "Deployment" : "StatefulSet"}
${metadata(app)}spec:
  replicas: ${String(random.int(1, 6))}
  revisionHistoryLimit: 5
  selector:
    matchLabels:
      app.kubernetes.io/name: ${app.name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${app.name}
      annotations:
        checksum/config: ${hex(random, 64)}
    spec:
      serviceAccountName: ${app.name}
      securityContext: { runAsNonRoot: true, fsGroup: 65532 }
      containers:
${Array.from({ length: containers }, (_, i) => container(random, app, i)).join("")}      volumes:
        - name: config
          configMap:
            name: ${app.name}-config
        - name: tmp
          emptyDir: {}
`;
}

function container(random: Random, { name, team }: App, index: number): string {
  const variables = Array.from({ length: random.around(5, 0.7) }, (_, i) =>
    random.chance(0.25)
      ? `            - name: SETTING_${String(i)}
              valueFrom:
                secretKeyRef:
                  name: ${name}-credentials
                  key: setting-${String(i)}
`
      : `            - name: SETTING_${String(i)}
              value: "${sentence(random, random.int(1, 4))}"
`,
  );
  return `        - name: ${index === 0 ? name : "sidecar"}
          image: registry.example.com/${team}/${name}@sha256:${hex(random, 64)}
          imagePullPolicy: IfNotPresent
          args: ["--listen=:8080", "--log-level=info"]
          ports:
            - name: http
              containerPort: 8080
          env:
${variables.join("") || "            []\n"}          resources:
            requests: { cpu: ${String(random.int(1, 20) * 50)}m, memory: 256Mi }
            limits:
              memory: ${String(random.int(1, 8) * 256)}Mi
          readinessProbe:
            httpGet:
              path: /healthz
              port: http
            periodSeconds: 10
          volumeMounts:
            - name: config
              mountPath: /etc/${name}
              readOnly: true
            - name: tmp
              mountPath: /tmp
`;
}

export function service(random: Random, app: App): string {
  return `apiVersion: v1
kind: Service
${metadata(app)}spec:
  type: ClusterIP
  selector:
    app.kubernetes.io/name: ${app.name}
  ports:
    - name: http
      port: ${String(random.pick([80, 8080, 9090]))}
      targetPort: http
      protocol: TCP
`;
}

export function autoscaler(random: Random, app: App): string {
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
${metadata(app)}spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: ${app.name}
  minReplicas: 2
  maxReplicas: ${String(random.int(3, 30))}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 75
`;
}

export function role(random: Random, app: App): string {
  const rules = Array.from(
    { length: random.int(1, 6) },
    () => `  - apiGroups: ["", "apps"]
    resources: [pods, configmaps, ${random.pick(["secrets", "events", "deployments"])}]
    verbs: [get, list, watch]
`,
  );
  return `apiVersion: v1
kind: ServiceAccount
${metadata(app)}---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
${metadata(app)}rules:
${rules.join("")}`;
}
