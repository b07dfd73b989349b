package barocall.routing.cases;

/**
 * Who of the staff did something to a case, and what exactly, so that a repeat is recognised.
 *
 * @param user user name
 * @param name as colleagues read it
 * @param what {@code describe}, {@code resolve}, {@code escalate}, {@code recall}, {@code correct},
 *     {@code reopen}, {@code rate} or {@code withdraw}
 * @param digest of what was said with it
 */
public record Deed(String user, String name, String what, String digest) {}
