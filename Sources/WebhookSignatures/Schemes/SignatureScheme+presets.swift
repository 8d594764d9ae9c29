extension SignatureScheme {
    /// Standard Webhooks 1.0 (`v1` HMAC-SHA256 and `v1a` Ed25519), in `webhook-*` or `svix-*` headers.
    ///
    /// When any `svix-*` header is present, the whole set must be `svix-*`; else the whole set must be `webhook-*`. A
    /// delivery that needs headers of both is refused. Signers write `webhook-*`.
    public static let standardWebhooks = standard(name: "standard-webhooks", signingHeaders: webhookHeaders)

    /// Standard Webhooks as Svix sends it: verified exactly like ``standardWebhooks``, signed with `svix-*` headers.
    public static let svix = standard(name: "svix", signingHeaders: svixHeaders)

    /// GitHub: `X-Hub-Signature-256`, HMAC-SHA256 of the body in lower-case hex.
    ///
    /// There is no time and the delivery id (`X-GitHub-Delivery`) is not signed. The older SHA-1 header is not
    /// read; describe it with ``hmac(_:)`` where nothing better exists.
    public static let github = SignatureScheme(
        name: "github",
        headers: SignatureHeaderSet(signature: "x-hub-signature-256", id: "x-github-delivery"),
        entries: .single(prefix: "sha256=")
    )

    /// Stripe: `Stripe-Signature: t=…,v1=…`, HMAC-SHA256 of `t.body` in lower-case hex.
    ///
    /// Only `v1` counts, so that a delivery cannot be downgraded to `v0`. As Stripe's libraries do, it refuses what is
    /// more than 300 s old and takes any time in the future. Unlike them it refuses a repeated `t`, about which they
    /// disagree.
    public static let stripe = SignatureScheme(
        name: "stripe",
        headers: SignatureHeaderSet(signature: "stripe-signature"),
        entries: .timestampedPairs,
        content: SignedContent(before: [.timestamp, .literal(".")]),
        timestamp: TimestampRule(unit: .seconds, tolerance: .pastOnly)
    )

    /// Shopify: `X-Shopify-Hmac-SHA256`, HMAC-SHA256 of the body in base64.
    ///
    /// There is no time and the delivery id (`X-Shopify-Webhook-Id`) is not signed.
    public static let shopify = SignatureScheme(
        name: "shopify",
        headers: SignatureHeaderSet(signature: "x-shopify-hmac-sha256", id: "x-shopify-webhook-id"),
        encoding: .base64
    )

    /// Slack: `X-Slack-Signature: v0=…`, HMAC-SHA256 of `v0:timestamp:body` in lower-case hex, 300 s both ways.
    public static let slack = SignatureScheme(
        name: "slack",
        headers: SignatureHeaderSet(signature: "x-slack-signature", timestamp: "x-slack-request-timestamp"),
        entries: .single(prefix: "v0="),
        content: SignedContent(before: [.literal("v0:"), .timestamp, .literal(":")]),
        timestamp: TimestampRule(unit: .seconds, tolerance: .standard)
    )

    /// Piriod: `x-piriod-signature`, HMAC-SHA256 in lower-case hex of the body's joined values.
    ///
    /// The vendor signs values and not bytes: neither the member names nor where one value ends and the next begins. So
    /// the body must be one flat JSON object of strings of at most 4 KiB without repeated names; anything else is
    /// refused as `body_not_signable` before a MAC is computed. No time and no id are signed: replays look genuine.
    public static let piriod = SignatureScheme(
        name: "piriod",
        headers: SignatureHeaderSet(signature: "x-piriod-signature"),
        content: SignedContent(body: .joinedValues)
    )

    /// All presets, in the order in which a list should show them.
    public static let presets: [SignatureScheme] = [standardWebhooks, svix, github, stripe, shopify, slack, piriod]

    /// Returns the preset of that name.
    ///
    /// - Throws: `unknown_scheme` for every other name, so that a stored configuration that this build does not know
    ///   stops the verifier from being made instead of letting deliveries through.
    public static func preset(named name: String) throws(SignatureError) -> SignatureScheme {
        guard let scheme = presets.first(where: { $0.name == name }) else {
            throw SignatureError(
                .unknownScheme,
                "There is no signature preset of that name. Use one of \(presets.map(\.name).joined(separator: ", "))"
                    + ", or describe the sender's scheme as hmac."
            )
        }
        return scheme
    }

    private static let webhookHeaders = SignatureHeaderSet(
        signature: "webhook-signature",
        timestamp: "webhook-timestamp",
        id: "webhook-id"
    )
    private static let svixHeaders = SignatureHeaderSet(
        signature: "svix-signature",
        timestamp: "svix-timestamp",
        id: "svix-id"
    )

    private static func standard(name: String, signingHeaders: SignatureHeaderSet) -> SignatureScheme {
        SignatureScheme(
            name: name,
            headers: signingHeaders,
            acceptedHeaders: [svixHeaders, webhookHeaders],
            entries: .versionedList,
            encoding: .base64,
            keyFormat: .standardWebhooks,
            content: SignedContent(before: [.id, .literal("."), .timestamp, .literal(".")]),
            timestamp: TimestampRule(unit: .seconds, tolerance: .standard),
            signsDeliveryID: true
        )
    }
}
