import HTTPServer
import Testing

struct HostNamesTests {
    @Test(arguments: [
        "localhost", "LOCALHOST:8081", "localhost.", "127.0.0.1", "127.0.0.1:1", "127.1.2.3:8081", "[::1]",
        "[::1]:8081", "10.0.0.5", "10.0.0.5:8081", "localhost:", "[0:0:0:0:0:0:0:1]", "[0000::0001]:8081",
        "[::ffff:127.0.0.1]", "[::FFFF:a00:5]:8081",
    ])
    func loopbackAndWhatIsListenedOnAreAllowed(_ authority: String) {
        #expect(HostNames(listeningOn: "10.0.0.5").allow(authority))
    }

    @Test(arguments: [
        "", "evil.example", "evil.example:8081", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.6",
        "[2001:db8::1]", "localhost@evil.example", "evil.example:localhost", "[localhost", "*", "0.0.0.0",
        "[localhost]", "[localhost]x", "[::1]x", "[::1]8081", "[::1]evil.example", "[127.0.0.1]", "::1", "localhost:x",
        "localhost:80:80", "127.0.0.1:8081@evil.example", "[::2]", "[::ffff:10.0.0.6]", "[]", ":8081",
        "0:0:0:0:0:0:0:1", "[::1]]", "[::1", "[::1\0x]", "127.0.0.1\0", "[::1%6]",
    ])
    func othersAreRefused(_ authority: String) {
        #expect(!HostNames(listeningOn: "10.0.0.5").allow(authority))
    }

    @Test(arguments: ["0.0.0.0", "::", "0:0:0:0:0:0:0:0"])
    func anyAddressIsAllowedToWhoListensOnEveryOne(_ host: String) {
        let names = HostNames(listeningOn: host)
        #expect(names.allow("10.0.0.5:8081"))
        #expect(names.allow("[2001:db8::1]:8081"))
        #expect(!names.allow("evil.example"))
    }

    @Test(arguments: ["2001:db8::1", "[2001:db8::1]", "2001:0DB8:0::0:1"])
    func addressIsKnownHoweverItIsSpelled(_ host: String) {
        for names in [HostNames(listeningOn: host), HostNames(listeningOn: "127.0.0.1", and: [host])] {
            #expect(names.allow("[2001:db8:0:0:0:0:0:1]:8081"))
            #expect(!names.allow("[2001:db8::2]:8081"))
        }
    }

    @Test func namesAreAdded() {
        let names = HostNames(listeningOn: "127.0.0.1", and: ["Hooklog.Internal", "hooklog"])
        #expect(names.allow("hooklog.internal:8081"))
        #expect(names.allow("HOOKLOG"))
        #expect(!names.allow("hooklog.internal.evil.example"))
    }

    @Test func starAllowsEveryName() {
        #expect(HostNames(listeningOn: "127.0.0.1", and: ["*"]).allow("evil.example"))
    }

    @Test func nameThatIsListenedOnIsAllowed() {
        #expect(HostNames(listeningOn: "admin.internal").allow("admin.internal:8081"))
    }
}
