{{- define "cartage.fullname" -}}
{{- if .Values.fullnameOverride }}{{ .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else if contains (default .Chart.Name .Values.nameOverride) .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}{{ printf "%s-%s" .Release.Name (default .Chart.Name .Values.nameOverride) | trunc 40 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "cartage.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}{{ default (include "cartage.fullname" .) .Values.serviceAccount.name }}{{ else }}{{ default "default" .Values.serviceAccount.name }}{{ end }}
{{- end }}

{{- /* The services that are wanted, each with what holds for all: { name: { …defaults, …its own } } as YAML. */ -}}
{{- define "cartage.services" -}}
{{- range $name, $own := .Values.services }}
{{- $service := mergeOverwrite (deepCopy $.Values.defaults) (deepCopy (default (dict) $own)) }}
{{- if ne (toString $service.enabled) "false" }}
{{ $name }}: {{ toJson $service }}
{{- end }}
{{- end }}
{{- end }}

{{- define "cartage.labels" -}}
app.kubernetes.io/part-of: cartage
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{ include "cartage.selector" . }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "cartage.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- if .role }}
app.kubernetes.io/component: {{ .role }}
{{- end }}
{{- end }}

{{- define "cartage.image" -}}
{{- $image := .root.Values.image -}}
{{- $path := printf "%s/%s" $image.repository .name -}}
{{- if $image.registry }}{{ $path = printf "%s/%s" $image.registry $path }}{{ end -}}
{{- if .service.digest }}{{ printf "%s@%s" $path .service.digest }}{{ else }}{{ printf "%s:%s" $path (default .root.Chart.AppVersion $image.tag) }}{{ end -}}
{{- end }}

{{- /* Mebibytes of a memory limit such as 512Mi or 2Gi. */ -}}
{{- define "cartage.mebibytes" -}}
{{- if hasSuffix "Gi" . }}{{ mul (trimSuffix "Gi" . | int) 1024 }}{{ else if hasSuffix "Mi" . }}{{ trimSuffix "Mi" . | int }}{{ else }}{{ fail (printf "memory limits are given in Mi or Gi, not as %s" .) }}{{ end -}}
{{- end }}

{{- /* Where each service answers, for the audit over all of them. */ -}}
{{- define "cartage.addresses" -}}
{{- $addresses := list }}
{{- range $name, $_ := include "cartage.services" . | fromYaml }}
{{- $addresses = append $addresses (printf "%s=http://%s-%s" $name (include "cartage.fullname" $) $name) }}
{{- end }}
{{- join "," $addresses }}
{{- end }}

{{- /* The port of the collector that traces are sent to. */ -}}
{{- define "cartage.tracesPort" -}}
{{- $url := urlParse . }}
{{- if contains ":" $url.host }}{{ splitList ":" $url.host | last }}{{ else if eq $url.scheme "https" }}443{{ else }}80{{ end }}
{{- end }}

{{- /* The Secrets by which a service knows Kafka, and Kafka it, as sources of a volume; nothing where neither is asked for. */ -}}
{{- define "cartage.kafkaSecrets" -}}
{{- $kafka := .root.Values.kafka }}
{{- if and $kafka.tls.enabled $kafka.tls.caSecretName }}
- secret:
    name: {{ $kafka.tls.caSecretName }}
    items:
      - { key: {{ $kafka.tls.caSecretKey }}, path: ca.crt }
{{- end }}
{{- if and $kafka.tls.enabled $kafka.tls.certificateSecretName }}
- secret:
    name: {{ replace "{service}" .name $kafka.tls.certificateSecretName }}
    items:
      - { key: {{ $kafka.tls.certificateSecretKey }}, path: user.crt }
      - { key: {{ $kafka.tls.keySecretKey }}, path: user.key }
{{- end }}
{{- if $kafka.sasl.mechanism }}
- secret:
    name: {{ replace "{service}" .name $kafka.sasl.passwordSecretName }}
    items:
      - { key: {{ $kafka.sasl.passwordSecretKey }}, path: password }
{{- end }}
{{- end }}

{{- /* The Secrets by which a service knows Postgres, and Postgres it, in the same way. */ -}}
{{- define "cartage.databaseSecrets" -}}
{{- $tls := .root.Values.database.tls }}
{{- if $tls.caSecretName }}
- secret:
    name: {{ replace "{service}" .name $tls.caSecretName }}
    items:
      - { key: {{ $tls.caSecretKey }}, path: ca.crt }
{{- end }}
{{- if $tls.certificateSecretName }}
- secret:
    name: {{ replace "{service}" .name $tls.certificateSecretName }}
    items:
      - { key: {{ $tls.certificateSecretKey }}, path: tls.crt }
      - { key: {{ $tls.keySecretKey }}, path: tls.key }
{{- end }}
{{- end }}

{{- define "cartage.environment" -}}
{{- $values := .root.Values }}
{{- $settings := mergeOverwrite (deepCopy $values.settings) (deepCopy .service.settings) }}
- name: ROLE
  value: {{ .role }}
- name: HOST
  value: 0.0.0.0
- name: PORT
  value: "3000"
- name: NODE_OPTIONS
  value: --enable-source-maps --max-semi-space-size=4 --max-old-space-size={{ div (mul (include "cartage.mebibytes" .memory | int) .service.heapPercent) 100 }}
{{- range $name, $value := $settings }}
- name: {{ $name }}
  value: {{ $value | toString | quote }}
{{- end }}
{{- if $values.logArchive.claimName }}
- name: LOG_ARCHIVE
  value: /var/lib/log-archive
{{- end }}
{{- if eq .name "fulfillment-routing" }}{{ if $values.postalCodes.claimName }}
- name: POSTAL_CODES_DIR
  value: /var/lib/postal-codes
{{- end }}{{ end }}
{{- if eq .name "shipping" }}{{ if $values.partnerFolder.claimName }}
- name: PARTNER_FOLDER
  value: /var/lib/partners
{{- end }}{{ end }}
{{- if eq .name "returns" }}{{ if $values.returnsProviderFolder.claimName }}
- name: RETURNS_PROVIDER_FOLDER
  value: /var/lib/returns-providers
{{- end }}{{ end }}
- name: KAFKA_BROKERS
  value: {{ required "kafka.brokers: where Kafka is, host:port parted by commas" $values.kafka.brokers | quote }}
{{- with $values.kafka.tls }}{{ if .enabled }}
- name: KAFKA_TLS
  value: "true"
{{- if .caSecretName }}
- name: KAFKA_TLS_CA_FILE
  value: /var/run/secrets/kafka/ca.crt
{{- end }}
{{- if .certificateSecretName }}
- name: KAFKA_TLS_CERTIFICATE_FILE
  value: /var/run/secrets/kafka/user.crt
- name: KAFKA_TLS_KEY_FILE
  value: /var/run/secrets/kafka/user.key
{{- end }}
{{- end }}{{ end }}
{{- with $values.kafka.sasl }}{{ if .mechanism }}
- name: KAFKA_SASL_MECHANISM
  value: {{ .mechanism }}
- name: KAFKA_SASL_USERNAME
  value: {{ replace "{service}" $.name .username }}
- name: KAFKA_SASL_PASSWORD_FILE
  value: /var/run/secrets/kafka/password
{{- if .issuer }}
- name: KAFKA_SASL_ISSUER
  value: {{ .issuer | quote }}
{{- end }}
{{- if .scope }}
- name: KAFKA_SASL_SCOPE
  value: {{ .scope | quote }}
{{- end }}
{{- end }}{{ end }}
- name: SERVICE_URLS
  value: {{ include "cartage.addresses" .root }}
- name: DATABASE_URL
  valueFrom:
    secretKeyRef:
{{- if and (eq .role "migrate") $values.migrations.databaseSecretName }}
      name: {{ $values.migrations.databaseSecretName }}
      key: {{ replace "{service}" .name $values.migrations.databaseSecretKey }}
{{- else }}
      name: {{ default $values.database.secretName .service.database.secretName }}
      key: {{ default .name .service.database.secretKey }}
{{- end }}
{{- if $values.database.tls.caSecretName }}
- name: DATABASE_TLS_CA_FILE
  value: /var/run/secrets/postgres/ca.crt
{{- end }}
{{- if $values.database.tls.certificateSecretName }}
- name: DATABASE_TLS_CERTIFICATE_FILE
  value: /var/run/secrets/postgres/tls.crt
- name: DATABASE_TLS_KEY_FILE
  value: /var/run/secrets/postgres/tls.key
{{- end }}
{{- if and (eq .name "order") $values.kurrentdb.secretName }}
- name: EVENT_STORE_URL
  valueFrom:
    secretKeyRef: { name: {{ $values.kurrentdb.secretName }}, key: {{ $values.kurrentdb.secretKey }} }
{{- end }}
{{- if $values.vault.databaseSecretName }}
- name: VAULT_DATABASE_URL
  valueFrom:
    secretKeyRef: { name: {{ $values.vault.databaseSecretName }}, key: {{ $values.vault.databaseSecretKey }} }
{{- end }}
{{- range $name, $from := .service.secretFiles }}
- name: {{ $name }}_FILE
  value: /var/run/secrets/settings/{{ $name }}
{{- end }}
{{- if $values.traces.endpoint }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ $values.traces.endpoint | quote }}
- name: OTEL_TRACES_SAMPLER_ARG
  value: {{ $values.traces.share | quote }}
{{- if $values.traces.headersSecretName }}
- name: OTEL_EXPORTER_OTLP_HEADERS
  valueFrom:
    secretKeyRef: { name: {{ $values.traces.headersSecretName }}, key: {{ $values.traces.headersSecretKey }} }
{{- end }}
{{- end }}
- name: MASTER_KEY_FILE
  value: /var/run/secrets/cartage/master-key
{{- if $values.vault.previousKeySecretKey }}
- name: MASTER_KEY_PREVIOUS
  valueFrom:
    secretKeyRef: { name: {{ $values.vault.masterKeySecretName }}, key: {{ $values.vault.previousKeySecretKey }} }
{{- end }}
{{- end }}

{{- /* Pod of one service in one role: .root .name .service .role .resources .memory, and .probes where it serves. */ -}}
{{- define "cartage.pod" -}}
metadata:
  labels:
    {{- include "cartage.labels" . | nindent 4 }}
  {{- with .root.Values.podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ include "cartage.serviceAccount" .root }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  securityContext:
    {{- toYaml .root.Values.podSecurityContext | nindent 4 }}
  {{- with .root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .service.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .service.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if .probes }}
  # The drain delay, the stop that may be forced, and a little air.
  terminationGracePeriodSeconds: {{ add 5 (div (add (.root.Values.settings.DRAIN_DELAY_MS | int) (.root.Values.settings.SHUTDOWN_TIMEOUT_MS | int)) 1000) }}
  topologySpreadConstraints:
    - maxSkew: {{ .root.Values.topologySpread.maxSkew }}
      topologyKey: {{ .root.Values.topologySpread.topologyKey }}
      whenUnsatisfiable: {{ .root.Values.topologySpread.whenUnsatisfiable }}
      labelSelector:
        matchLabels:
          {{- include "cartage.selector" . | nindent 10 }}
  {{- else }}
  restartPolicy: Never
  {{- end }}
  containers:
    - name: {{ .name }}
      image: {{ include "cartage.image" . }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      env:
        {{- include "cartage.environment" . | nindent 8 }}
      {{- with .service.secretSettings }}
      envFrom:
        {{- range . }}
        - secretRef: { name: {{ . }} }
        {{- end }}
      {{- end }}
      {{- if .probes }}
      ports:
        - { name: http, containerPort: 3000 }
      # Views of a big log may take long to fill on the first start of a new shape: live, but not ready.
      startupProbe:
        httpGet: { path: /health/live, port: http }
        periodSeconds: 2
        failureThreshold: 60
      livenessProbe:
        httpGet: { path: /health/live, port: http }
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      readinessProbe:
        httpGet: { path: /health/ready, port: http }
        periodSeconds: 5
        timeoutSeconds: 5
        failureThreshold: 2
      {{- end }}
      resources:
        {{- toYaml .resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        runAsNonRoot: true
        capabilities: { drop: [ALL] }
      volumeMounts:
        - { name: tmp, mountPath: /tmp }
        - { name: master-key, mountPath: /var/run/secrets/cartage, readOnly: true }
        {{- if include "cartage.kafkaSecrets" . | trim }}
        - { name: kafka, mountPath: /var/run/secrets/kafka, readOnly: true }
        {{- end }}
        {{- if include "cartage.databaseSecrets" . | trim }}
        - { name: postgres, mountPath: /var/run/secrets/postgres, readOnly: true }
        {{- end }}
        {{- if and (eq .name "order") .root.Values.kurrentdb.caSecretName }}
        - { name: kurrentdb, mountPath: /var/run/secrets/kurrentdb, readOnly: true }
        {{- end }}
        {{- if .service.secretFiles }}
        - { name: setting-files, mountPath: /var/run/secrets/settings, readOnly: true }
        {{- end }}
        {{- if .root.Values.logArchive.claimName }}
        - { name: log-archive, mountPath: /var/lib/log-archive, readOnly: true }
        {{- end }}
        {{- if and (eq .name "fulfillment-routing") .root.Values.postalCodes.claimName }}
        - { name: postal-codes, mountPath: /var/lib/postal-codes, readOnly: true }
        {{- end }}
        {{- if and (eq .name "shipping") .root.Values.partnerFolder.claimName }}
        - { name: partners, mountPath: /var/lib/partners }
        {{- end }}
        {{- if and (eq .name "returns") .root.Values.returnsProviderFolder.claimName }}
        - { name: returns-providers, mountPath: /var/lib/returns-providers }
        {{- end }}
  volumes:
    - name: tmp
      emptyDir: { sizeLimit: 64Mi }
    - name: master-key
      secret:
        secretName: {{ .root.Values.vault.masterKeySecretName }}
        defaultMode: 0440
        items:
          - { key: {{ .root.Values.vault.masterKeySecretKey }}, path: master-key }
    {{- with include "cartage.kafkaSecrets" . | trim }}
    - name: kafka
      projected:
        defaultMode: 0440
        sources:
          {{- . | nindent 10 }}
    {{- end }}
    {{- with include "cartage.databaseSecrets" . | trim }}
    - name: postgres
      projected:
        defaultMode: 0440
        sources:
          {{- . | nindent 10 }}
    {{- end }}
    {{- if and (eq .name "order") .root.Values.kurrentdb.caSecretName }}
    - name: kurrentdb
      secret:
        secretName: {{ .root.Values.kurrentdb.caSecretName }}
        defaultMode: 0440
        items:
          - { key: {{ .root.Values.kurrentdb.caSecretKey }}, path: ca.crt }
    {{- end }}
    {{- with .service.secretFiles }}
    - name: setting-files
      projected:
        defaultMode: 0440
        sources:
          {{- range $name, $from := . }}
          - secret:
              name: {{ $from.secretName }}
              items:
                - { key: {{ $from.secretKey }}, path: {{ $name }} }
          {{- end }}
    {{- end }}
    {{- if .root.Values.logArchive.claimName }}
    - name: log-archive
      persistentVolumeClaim: { claimName: {{ .root.Values.logArchive.claimName }}, readOnly: true }
    {{- end }}
    {{- if and (eq .name "fulfillment-routing") .root.Values.postalCodes.claimName }}
    - name: postal-codes
      persistentVolumeClaim: { claimName: {{ .root.Values.postalCodes.claimName }}, readOnly: true }
    {{- end }}
    {{- if and (eq .name "shipping") .root.Values.partnerFolder.claimName }}
    - name: partners
      persistentVolumeClaim: { claimName: {{ .root.Values.partnerFolder.claimName }} }
    {{- end }}
    {{- if and (eq .name "returns") .root.Values.returnsProviderFolder.claimName }}
    - name: returns-providers
      persistentVolumeClaim: { claimName: {{ .root.Values.returnsProviderFolder.claimName }} }
    {{- end }}
{{- end }}
