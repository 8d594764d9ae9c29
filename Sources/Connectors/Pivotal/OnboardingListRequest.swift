/// What `GET /onboardings` asks for.
package struct OnboardingListRequest: Hashable, Sendable {
    /// The page of the list.
    package let page: PageRequest
    /// The customer whose onboardings are asked for; nil is any.
    package let customer: ResourceIdentifier?
    /// Any text, since REST pages and webhooks differ in their words; `waiting` finds those that wait on the customer.
    package let state: String?
    /// Any text: workspaces name their own phases.
    package let phase: String?

    /// Reads the page and the filters; throws as those do.
    package init(_ items: QueryItems) throws(PivotalError) {
        page = try PageRequest(items)
        customer = try items.filter("customer_id").map { ResourceIdentifier($0) }
        state = try items.filter("state")
        phase = try items.filter("phase")
    }
}
